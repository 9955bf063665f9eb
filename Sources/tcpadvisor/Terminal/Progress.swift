import Linux
import TCPModel

/// Says on standard error how long a measurement still takes: on a terminal one line, written over
/// again; in a log a line a minute.
final class Progress {
  private let total: Duration
  private let isTerminal = StandardStream.error.isTerminal
  private static let betweenLines = Duration.seconds(60)
  private var nextLine = Progress.betweenLines

  /// Whether anything is said of a measurement that takes no longer than that.
  static func isShown(within time: Duration) -> Bool {
    StandardStream.error.isTerminal || time >= betweenLines
  }

  /// - Parameter total: how long it takes at most.
  init(of total: Duration) { self.total = total }

  func show(after elapsed: Duration) {
    let left = max(total - elapsed, .zero)
    let text = "measuring, \(Duration.seconds(left.components.seconds).text) left"
    if isTerminal {
      write("\r\u{1B}[K\(text)")
    } else if elapsed >= nextLine {
      nextLine += Self.betweenLines
      write("tcpadvisor: \(text)\n")
    }
  }

  /// Leaves nothing on the terminal.
  func end() { if isTerminal { write("\r\u{1B}[K") } }

  /// Nobody may be listening, which is no reason to stop.
  private func write(_ text: String) {
    do throws(SystemCallError) { try StandardStream.error.write(text) } catch {}
  }
}

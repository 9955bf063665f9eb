import Linux
import Observations
import TCPModel

/// One line on a terminal, written over again a few times a second.
struct ProbeProgress {
  /// Addresses, names counted as one each.
  private let total: UInt64
  private let isShown: Bool
  private let start = KernelClock.monotonic.now
  private var due: Duration
  private var hasShown = false

  /// - Parameter isAlone: whether nothing else is printed meanwhile.
  init(of total: UInt64, isAlone: Bool) {
    self.total = total
    isShown = StandardStream.error.isTerminal && (isAlone || !StandardStream.output.isTerminal)
    due = start + .milliseconds(500)
  }

  mutating func show(_ tally: ProbeTally) {
    guard isShown else { return }
    let now = KernelClock.monotonic.now
    guard now >= due else { return }
    (due, hasShown) = (now + .milliseconds(250), true)
    write(Self.text(tally, of: total, after: now - start))
  }

  /// For example `1200 of 16384 done, 3 not as expected, 12 s left`.
  static func text(_ tally: ProbeTally, of total: UInt64, after elapsed: Duration) -> String {
    let done = tally.addresses
    // Names have more than one.
    guard total > done else { return "\(done) done, \(tally.unexpected) not as expected" }
    let left = elapsed.seconds / Double(max(done, 1)) * Double(total - UInt64(done))
    let time = done > 0 && left < 1e6 ? ", \(Duration.seconds(Int(left) + 1).text) left" : ""
    return "\(done) of \(total) done, \(tally.unexpected) not as expected\(time)"
  }

  func wipe() {
    if hasShown { write("") }
  }

  private func write(_ text: String) {
    do throws(SystemCallError) { try StandardStream.error.write("\r\u{1B}[K\(text)") } catch {}
  }
}

import Linux
import Probes
import TCPModel

extension SocketOptionInfo {
  /// Returns what reading it says: the value or the errno. A linger time that is off is −1.
  func answer(reading socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) {
      switch layout {
      case .number: return "\(try socket.option(level.kernelLevel.number, number))"
      case .linger: return "\(try socket.lingerTime() ?? -1)"
      case .time: return "\(try socket.timeLimit(number))"
      }
    } catch {
      return error.code.name
    }
  }

  /// Returns what setting it says: the value that it reads then, or the errno.
  func answer(setting value: Int, on socket: borrowing Descriptor) -> String {
    do throws(SystemCallError) {
      let short = CInt(clamping: value)
      switch layout {
      case .number: try socket.setOption(level.kernelLevel.number, number, to: short)
      case .linger: try socket.setLingerTime(short < 0 ? nil : short)
      case .time: try socket.setTimeLimit(number, to: value)
      }
    } catch {
      return error.code.name
    }
    return answer(reading: socket)
  }

  /// How the option's bytes are laid out.
  private enum Layout { case number, linger, time }

  private var layout: Layout {
    guard case .zeros = unset else { return .number }
    return name == "SO_LINGER" ? .linger : .time
  }
}

package import Linux
package import TCPModel

extension Descriptor {
  /// Sets an option by its name in TCPModel; what the kernel refuses is an error with its errno.
  package func set(_ option: SocketOption, to value: Int) throws(SystemCallError) {
    do throws(SystemCallError) {
      try setOption(option.info.level.kernelLevel, option.info.number, to: CInt(clamping: value))
    } catch {
      throw SystemCallError(call: error.call, subject: "\(option) to \(value)", code: error.code)
    }
  }

  /// What the options are set to that this kernel has.
  var options: SocketOptions { values(of: SocketOption.all) }

  /// Returns what some options are set to, without those that this kernel has not.
  func values(of wanted: [SocketOption]) -> SocketOptions {
    var options = SocketOptions()
    for option in wanted {
      do throws(SystemCallError) {
        let level = option.info.level.kernelLevel.number
        options[option] = Int(try self.option(level, option.info.number))
      } catch {}
    }
    return options
  }
}

extension SocketOptionInfo.Level {
  package var kernelLevel: OptionLevel {
    switch self {
    case .socket: .socket
    case .tcp: .tcp
    case .ip: .ip
    }
  }
}

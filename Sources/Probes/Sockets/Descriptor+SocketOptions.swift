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
  var options: SocketOptions {
    SocketOptions(
      SocketOption.all.reduce(into: [:]) { options, option in
        options[option] = value(option.info.level.kernelLevel.number, option.info.number)
      })
  }

  /// Returns what an option is set to, by its numbers; nil if this kernel does not have it.
  func value(_ level: CInt, _ number: CInt) -> Int? {
    (try? option(level, number)).map { Int($0) }
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

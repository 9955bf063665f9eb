package import Linux
package import TCPModel

extension Descriptor {
  /// Sets an option by its name in TCPModel; what the kernel refuses is told by errno.
  package func set(_ option: SocketOption, to value: Int) throws(SystemCallError) {
    do throws(SystemCallError) {
      try setOption(option.kernelLevel, option.number, to: CInt(clamping: value))
    } catch {
      throw SystemCallError(call: error.call, subject: "\(option) to \(value)", code: error.code)
    }
  }

  /// What the options are set to that this kernel has.
  var options: SocketOptions {
    var options = SocketOptions()
    for option in SocketOption.all {
      do throws(SystemCallError) {
        options[option] = Int(try self.option(option.kernelLevel.number, option.number))
      } catch {}
    }
    return options
  }
}

extension SocketOption {
  fileprivate var kernelLevel: OptionLevel { level == .tcp ? .tcp : .socket }
}

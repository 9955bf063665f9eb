import Linux
import TCPModel

extension FirstLook {
  /// Dissolves a socket, and takes down what that keeps and leaves.
  mutating func dissolve(_ socket: borrowing Descriptor) throws(SystemCallError) {
    socket.setOthers()
    let before = socket.options
    roundTripBefore = try socket.tcpInfo().roundTrip
    // What the peer's own RST has left is not of the dissolving.
    _ = try socket.pendingError()
    errorLeft = try socket.cleanUp(after: socket.answerToDisconnect())?.name
    roundTripAfter = try socket.tcpInfo().roundTrip
    let after = socket.options
    options = before.sorted.compactMap { option, value in
      after[option].map { OptionFate(option, before: value, after: $0) }
    }
  }
}

extension Descriptor {
  /// Takes away what dissolving leaves.
  /// - Parameter answer: what connect with AF_UNSPEC said.
  /// - Returns: what SO_ERROR said.
  func cleanUp(after answer: Errno?) throws(SystemCallError) -> Errno? {
    if let answer {
      throw SystemCallError(call: "connect", subject: "AF_UNSPEC", code: answer)
    }
    let left = try pendingError()
    while takeErrorMessage() != nil {}
    return left
  }

  /// Those that this kernel has.
  fileprivate var options: SocketOptions {
    var options = SocketOptions()
    for option in SocketOption.all {
      do throws(SystemCallError) {
        options[option] = Int(try self.option(option.optionLevel.number, option.number))
      } catch {}
    }
    return options
  }

  /// Gives each option another value than it has: one that has its default cannot show that it went
  /// back to it.
  fileprivate func setOthers() {
    for (option, value) in options.sorted {
      let half = value / 2
      let other = half > 0 && option.range.contains(half) ? half : value == 0 ? 1 : 0
      // What the kernel does not take stays as it is.
      do throws(SystemCallError) {
        try setOption(option.optionLevel, option.number, to: CInt(clamping: other))
      } catch {}
    }
  }
}

extension SocketOption {
  fileprivate var optionLevel: OptionLevel { level == .tcp ? .tcp : .socket }
}

import Linux
import NetAddress
import Observations
import TCPModel

extension PeerSurvey {
  /// Dissolves a socket, and takes down what that keeps and leaves.
  mutating func disconnect(_ socket: borrowing Descriptor) throws(SystemCallError) {
    let defaults = try Descriptor.streamSocket(.v4).options
    socket.setAway(from: defaults)
    let before = socket.options
    roundTripBefore = try socket.tcpInfo().roundTrip
    // What the peer's own RST has left is not of the dissolving.
    _ = try socket.pendingError()
    errorLeft = try socket.cleanUp(after: socket.tryDisconnect())?.name
    roundTripAfter = try socket.tcpInfo().roundTrip
    options = Self.fates(of: before, socket.options, defaults: defaults)
  }
}

extension Descriptor {
  /// Takes away what dissolving leaves, and messages of the attempt before.
  /// - Parameter answer: what connect with AF_UNSPEC said.
  /// - Returns: what SO_ERROR said.
  func cleanUp(after answer: Errno?) throws(SystemCallError) -> Errno? {
    let left = try errorLeft(by: answer)
    while takeErrorMessage() != nil {}
    return left
  }

  /// Gives each option that has its default another value: it could not show that it went back.
  fileprivate func setAway(from defaults: SocketOptions) {
    for (option, value) in options.sorted where value == defaults[option] {
      let others = [value / 2, value + 1].filter { $0 != value && option.range.contains($0) }
      // What the kernel does not take stays as it is.
      do throws(SystemCallError) {
        if let other = others.first { try set(option, to: other) }
      } catch {}
    }
  }
}

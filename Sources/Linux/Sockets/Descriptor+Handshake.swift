import CLinux
package import NetAddress

/// What a program asks again and again that connects to many; nothing here makes texts of errors.
extension Descriptor {
  /// What a handshake came to so far (TCP_INFO).
  package struct Handshake: Hashable, Sendable {
    /// Nil if there was no sample.
    package let roundTrip: Duration?
    /// SYNs that were sent again.
    package let retransmissions: Int
  }

  /// Why an attempt or a connection is in trouble, as the socket's error queue tells.
  package struct ErrorMessage: Equatable, Sendable {
    package enum Origin: UInt8, Sendable { case local = 1, icmp = 2, icmpV6 = 3 }

    package let code: Errno
    package let origin: Origin
    /// Of the ICMP message.
    package let type, subtype: UInt8
    /// Who sent the ICMP message; nil if the kernel does not know.
    package let sender: IPAddress?
  }

  /// Returns what `connect` says, EINTR included; nil is established at once.
  package func startConnecting(to address: Endpoint) -> Errno? {
    let answer = clinux_connect(
      number, address.family.number, address.bytes, address.port, address.scope)
    return answer == 0 ? nil : Errno(rawValue: -answer)
  }

  /// Ends a connection with a RST and keeps the socket, which can connect again.
  package func disconnect() throws(SystemCallError) {
    _ = try errorLeft(by: tryDisconnect())
  }

  /// Takes away what dissolving leaves in SO_ERROR: ECONNRESET, where there was something to dissolve
  /// (`tcp_disconnect`).
  /// - Parameter answer: of `tryDisconnect`, which some measure by itself.
  package func errorLeft(by answer: Errno?) throws(SystemCallError) -> Errno? {
    if let answer {
      throw SystemCallError(call: "connect", subject: "AF_UNSPEC", code: answer)
    }
    return try pendingError()
  }

  /// Returns whether it is connected to itself, as when the kernel chose the port that was
  /// connected to.
  ///
  /// Then nobody listens there: the kernel never chooses a port that somebody is bound to.
  package func isConnected(toItselfAt address: Endpoint) -> Bool {
    clinux_is_connected_to_itself(number, address.port) == 1
  }

  /// Puts ICMP messages on the error queue; some kernels do for IPv4 without being asked.
  package func reportErrors(_ family: AddressFamily) {
    // Without it an attempt ends as well, and only nobody tells who ended it.
    _ = clinux_report_errors(number, family.number)
  }

  package var handshake: Handshake? {
    var handshake = clinux_handshake()
    guard clinux_read_handshake(number, &handshake) == 0 else { return nil }
    let time = handshake.round_trip_microseconds
    return Handshake(
      roundTrip: time == 0 ? nil : .microseconds(time),
      retransmissions: Int(handshake.retransmissions))
  }

  /// Takes the oldest message from the error queue; nil if it is empty.
  package func takeErrorMessage() -> ErrorMessage? {
    var message = clinux_message()
    guard clinux_read_message(number, &message) == 0,
      let origin = ErrorMessage.Origin(rawValue: message.origin)
    else { return nil }
    let length = Int(message.sender_length)
    let sender = withUnsafeBytes(of: message.sender) { IPAddress(Array($0.prefix(length))) }
    return ErrorMessage(
      code: Errno(rawValue: message.error), origin: origin, type: message.type,
      subtype: message.code, sender: sender)
  }
}

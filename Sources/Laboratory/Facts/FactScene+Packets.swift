import Linux
import NetAddress

extension FactScene {
  /// Binds the client; a given port is one that was free a moment ago.
  func bind(toGiven isGiven: Bool) throws(SystemCallError) {
    var address = Endpoint.loopback(.v4)
    if isGiven {
      let scout = try Descriptor.streamSocket(.v4)
      try scout.bind(to: address)
      address = try scout.localAddress()
    }
    try client().descriptor.bind(to: address)
  }

  func portIsFirst() throws(SystemCallError) -> Bool {
    try client().descriptor.localAddress().port == firstPort
  }

  /// Returns how many RSTs the client has sent from the port of its first connect.
  func resets() throws(SystemCallError) -> Int {
    try sightings().count { $0.isRST && $0.endpoints.source == firstPort }
  }

  /// Sends the client an ICMP message about its last SYN, as a router would.
  func sendMessage(type: UInt8, code: UInt8) throws(SystemCallError) {
    let port = try client().descriptor.localAddress().port
    guard let syn = try sightings().last(where: { $0.isSYN && $0.endpoints.source == port }) else {
      throw SystemCallError(call: "recvmsg", subject: "a SYN", code: .noEntry)
    }
    var message: [UInt8] = [type, code, 0, 0, 0, 0, 0, 0] + Self.quote(of: syn)
    let sum = InternetChecksum.of(message)
    (message[2], message[3]) = (UInt8(sum >> 8), UInt8(sum & 0xff))
    try Descriptor.messageSocket().send(message, to: .loopback(.v4))
  }

  private func sightings() throws(SystemCallError) -> [Segment] {
    try tap?.sightings().map(\.segment) ?? []
  }

  /// Returns the packet's header and the first eight bytes behind it (RFC 792).
  private static func quote(of syn: Segment) -> [UInt8] {
    let loopback: [UInt8] = [127, 0, 0, 1]
    let header: [UInt8] = [0x45, 0, 0, 60, 0, 0, 0x40, 0, 64, 6, 0, 0] + loopback + loopback
    let ports = UInt32(syn.endpoints.source) << 16 | UInt32(syn.endpoints.destination)
    return header + bytes(of: ports) + bytes(of: syn.sequence)
  }

  private static func bytes(of number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

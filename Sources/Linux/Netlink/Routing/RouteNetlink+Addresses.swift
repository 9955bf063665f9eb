package import NetAddress

extension RouteNetlink {
  /// Gives a link an address; EEXIST where it has it.
  ///
  /// An IPv6 address can be used at once: nobody is asked first whether it is taken (IFA_F_NODAD).
  package mutating func add(_ address: IPPrefix, to link: UInt32) throws(SystemCallError) {
    try add(address.address, facing: address.address, length: address.length, to: link)
  }

  /// Gives a link that leads to one other host an address.
  package mutating func add(_ address: IPAddress, facing peer: IPAddress, to link: UInt32)
    throws(SystemCallError)
  {
    try add(address, facing: peer, length: IPPrefix(peer).length, to: link)
  }

  private mutating func add(
    _ address: IPAddress, facing peer: IPAddress, length: UInt8, to link: UInt32
  ) throws(SystemCallError) {
    var message = [
      UInt8(address.family.number), length, address.family == .v6 ? 0x02 : 0, 0,  // IFA_F_NODAD
    ]
    message.append(link, size: 4)  // struct ifaddrmsg
    try change(
      .newAddress, [.create, .exclusive], on: "\(address) at link \(link)", fixedPart: message
    ) { request in
      request.add(2, address.bytes)  // IFA_LOCAL
      request.add(1, peer.bytes)  // IFA_ADDRESS
    }
  }
}

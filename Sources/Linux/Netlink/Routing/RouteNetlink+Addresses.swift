package import NetAddress

extension RouteNetlink {
  /// Gives a link an address; EEXIST where it has it.
  ///
  /// An IPv6 address can be used at once: nobody is asked first whether it is taken (IFA_F_NODAD).
  package mutating func add(_ address: IPPrefix, to link: UInt32) throws(SystemCallError) {
    let family = address.address.family
    var message = [UInt8(family.number), address.length, family == .v6 ? 0x02 : 0, 0]
    message.append(link, size: 4)  // struct ifaddrmsg
    try change(
      .newAddress, [.create, .exclusive], on: "\(address) at link \(link)", fixedPart: message
    ) { request in
      request.add(2, address.address.bytes)  // IFA_LOCAL
      request.add(1, address.address.bytes)  // IFA_ADDRESS
    }
  }
}

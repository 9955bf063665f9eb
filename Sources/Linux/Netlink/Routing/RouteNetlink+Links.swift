extension RouteNetlink {
  /// One end of a veth pair that is to be made.
  package struct PairEnd: Sendable {
    package var name: String
    /// Six bytes; nil lets the kernel make up an address.
    package var hardwareAddress: [UInt8]?

    package init(_ name: String, hardwareAddress: [UInt8]? = nil) {
      (self.name, self.hardwareAddress) = (name, hardwareAddress)
    }

    fileprivate func add(to request: inout NetlinkRequest) {
      request.add(Link.Attribute.name, name)
      if let hardwareAddress { request.add(Link.Attribute.address, hardwareAddress) }
    }
  }

  /// The network namespace in which the far end of a pair appears.
  package enum PeerNamespace: Sendable {
    case here
    case ofProcess(CInt)
    /// An open file such as `/proc/1/ns/net`, by its number.
    case ofDescriptor(CInt)

    fileprivate func add(to request: inout NetlinkRequest) {
      switch self {
      case .here: break
      case .ofProcess(let number):
        request.add(Link.Attribute.namespaceOfProcess, UInt32(bitPattern: number))
      case .ofDescriptor(let number):
        request.add(Link.Attribute.namespaceDescriptor, UInt32(bitPattern: number))
      }
    }
  }

  /// Returns the link of a name; ENODEV where there is none.
  package mutating func link(_ name: String) throws(SystemCallError) -> Link {
    var request = NetlinkRequest(.getLink, fixedPart: Link.message())
    request.add(Link.Attribute.name, name)
    return try link(request, name)
  }

  /// Returns the link of an index; ENODEV where there is none.
  package mutating func link(_ index: UInt32) throws(SystemCallError) -> Link {
    try link(NetlinkRequest(.getLink, fixedPart: Link.message(index: index)), "link \(index)")
  }

  private mutating func link(_ request: NetlinkRequest, _ subject: String) throws(SystemCallError)
    -> Link
  {
    var link: Link?
    try socket.ask(request, on: subject) { link = Link($0) }
    guard let link else {
      throw SystemCallError(call: request.kind.name, subject: subject, code: .badMessage)
    }
    return link
  }

  package mutating func bringUp(_ index: UInt32) throws(SystemCallError) {
    try set(.up, of: .up, at: index)
  }

  /// Whether neighbours of a link are asked for by ARP and neighbour discovery (IFF_NOARP).
  package mutating func setResolvesNeighbours(_ resolves: Bool, at index: UInt32)
    throws(SystemCallError)
  {
    try set(resolves ? [] : .noARP, of: .noARP, at: index)
  }

  /// Sets those flags of a link that are in the mask.
  package mutating func set(_ flags: Link.Flags, of mask: Link.Flags, at index: UInt32)
    throws(SystemCallError)
  {
    try change(
      .newLink, on: "link \(index)",
      fixedPart: Link.message(index: index, flags: flags, of: mask))
  }

  /// Makes two Ethernet links of which each receives what the other sends; both are down.
  package mutating func addPair(
    _ near: PairEnd, _ far: PairEnd, farEnd whereabouts: PeerNamespace = .here
  ) throws(SystemCallError) {
    try change(
      .newLink, [.create, .exclusive], on: "\(near.name) and \(far.name)",
      fixedPart: Link.message()
    ) { request in
      near.add(to: &request)
      request.nest(Link.Attribute.info) { info in
        info.add(Link.Attribute.kind, "veth")
        info.nest(Link.Attribute.data) { data in
          data.nest(Link.Attribute.peer) { peer in
            peer.addPlain(Link.message())
            far.add(to: &peer)
            whereabouts.add(to: &peer)
          }
        }
      }
    }
  }

  /// Removes a link; of a pair both ends.
  package mutating func removeLink(_ index: UInt32) throws(SystemCallError) {
    try change(.deleteLink, on: "link \(index)", fixedPart: Link.message(index: index))
  }
}

package import NetAddress

/// An entry of the neighbour table: who has an address on a link.
package struct Neighbour: Sendable {
  package enum State: UInt16, Sendable {
    case none = 0  // NUD_NONE
    case incomplete = 0x01  // NUD_INCOMPLETE
    case reachable = 0x02  // NUD_REACHABLE
    case stale = 0x04  // NUD_STALE
    case delay = 0x08  // NUD_DELAY
    case probe = 0x10  // NUD_PROBE
    case failed = 0x20  // NUD_FAILED
    case noARP = 0x40  // NUD_NOARP
    case permanent = 0x80  // NUD_PERMANENT
  }

  package var address: IPAddress
  /// The index of the link.
  package var link: UInt32
  package var state: State
  /// Nil as long as nobody has answered.
  package var hardwareAddress: [UInt8]?
  /// Questions without an answer so far; nil if the kernel does not tell.
  package private(set) var probes: Int?
  /// How long it has been in its state, to a hundredth of a second; nil if the kernel does not
  /// tell.
  package private(set) var age: Duration?
  /// How long ago it was last known to be there, as exact: it answered, or what was sent through it
  /// was acknowledged (`neigh_confirm`); nil if the kernel does not tell.
  package private(set) var confirmationAge: Duration?

  package init(
    _ address: IPAddress, link: UInt32, state: State, hardwareAddress: [UInt8]? = nil
  ) {
    (self.address, self.link) = (address, link)
    (self.state, self.hardwareAddress) = (state, hardwareAddress)
  }

  /// Reads an RTM_NEWNEIGH: `struct ndmsg` and its attributes; nil for anything else.
  package init?(_ message: NetlinkMessage) {
    let attributes = NetlinkAttributes(of: message, after: 12)
    guard message.type == NetlinkRequest.Kind.newNeighbour.number,
      let link = message.payload.uint32(at: 4),
      let state = message.payload.uint16(at: 8).flatMap(State.init(rawValue:)),
      let address = attributes[type: Attribute.address].flatMap({ IPAddress(Array($0)) })
    else { return nil }
    (self.address, self.link, self.state) = (address, link, state)
    hardwareAddress = attributes[type: Attribute.hardwareAddress].map { Array($0) }
    probes = attributes[type: Attribute.probes]?.uint32(at: 0).map { Int($0) }
    // `ndm_confirmed` and `ndm_updated` of `struct nda_cacheinfo`, in the ticks of clock_t (USER_HZ).
    let times = attributes[type: Attribute.times]
    confirmationAge = times?.uint32(at: 0).map { .milliseconds(10 * Int64($0)) }
    age = times?.uint32(at: 8).map { .milliseconds(10 * Int64($0)) }
  }

  /// Whether it was there since it came into its state: then one that is to be asked soon
  /// (NUD_DELAY) is taken to be reachable instead (`neigh_timer_handler`).
  package var isConfirmedSince: Bool {
    guard let confirmationAge, let age else { return false }
    return confirmationAge < age
  }

  /// `struct ndmsg`.
  var message: [UInt8] {
    var bytes: [UInt8] = [UInt8(address.family.number), 0, 0, 0]
    bytes.append(link, size: 4)
    bytes.append(UInt32(state.rawValue), size: 2)
    return bytes + [0, 0]
  }

  func add(to request: inout NetlinkRequest) {
    request.add(Attribute.address, address.bytes)
    if let hardwareAddress { request.add(Attribute.hardwareAddress, hardwareAddress) }
  }

  private enum Attribute {
    static let address: UInt16 = 1  // NDA_DST
    static let hardwareAddress: UInt16 = 2  // NDA_LLADDR
    static let times: UInt16 = 3  // NDA_CACHEINFO
    static let probes: UInt16 = 4  // NDA_PROBES
  }
}

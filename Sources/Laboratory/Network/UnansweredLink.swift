import Linux
import NetAddress
import TCPModel

/// A link on which nobody answers: the far end of a pair of Ethernet links has no address.
final class UnansweredLink {
  private static let name = "empty0"
  /// Where packets for a neighbour go that is not there any more.
  private static let goneHardware: [UInt8] = [2, 0, 0, 0, 0, 9]

  let linkPeer: LinkPeer
  private let index: UInt32

  /// Makes it in the network namespace the process is in.
  init(families: [AddressFamily], to linkPeer: LinkPeer) throws(SystemCallError) {
    self.linkPeer = linkPeer
    var network = try RouteNetlink()
    let far = linkPeer.nextName()
    try network.addPair(
      .init(Self.name), .init(far), farEnd: .ofDescriptor(linkPeer.namespace.number))
    index = try network.link(Self.name).index
    // A link-local address nobody has vouched for yet asks no questions (`ndisc_send_ns`).
    _ = try? ProcFS().write("0", to: "sys/net/ipv6/conf/\(Self.name)/accept_dad")
    try linkPeer.bringUp(far)
    try network.bringUp(index)
    for family in families {
      guard let address = IPAddress(Self.address(0, family)) else { continue }
      try network.add(IPPrefix(address, length: family == .v4 ? 8 : 64), to: index)
    }
  }

  /// Returns the link, or why there is none.
  static func made(for families: [AddressFamily], to linkPeer: LinkPeer)
    -> Result<UnansweredLink, SystemCallError>
  {
    do throws(SystemCallError) {
      return .success(try UnansweredLink(families: families, to: linkPeer))
    } catch {
      return .failure(error)
    }
  }

  /// Returns where a device keeps what the neighbour tables say for all; other keys stay where they
  /// are.
  static func path(of key: SysctlKey) -> String {
    for family in AddressFamily.allCases {
      let shared = SysctlKey.neighbour("", family).path
      if key.path.hasPrefix(shared) {
        return "net/\(family.rawValue)/neigh/\(name)/" + key.path.dropFirst(shared.count)
      }
    }
    return key.path
  }

  /// Returns an address of its own for every request.
  func target(of request: RunRequest) -> Endpoint? {
    Endpoint(bytes: Self.address(request.number + 1, request.socketFamily), port: 80)
  }

  /// `10.0.0.1` or `fd00::1`, and those that follow.
  private static func address(_ number: Int, _ family: AddressFamily) -> [UInt8] {
    let last = [16, 8, 0].map { UInt8(truncatingIfNeeded: (number + 1) >> $0) }
    return family == .v4 ? [10] + last : [0xfd] + [UInt8](repeating: 0, count: 12) + last
  }

  /// Sees to it that frames to its target are told to the run.
  func add(_ run: LiveRun) {
    if let target = target(of: run.request) { linkPeer.runs[target.bytes] = run }
  }

  func remove(_ run: LiveRun) {
    if let target = target(of: run.request) { linkPeer.runs[target.bytes] = nil }
  }

  /// Makes the table hold an old entry for an address.
  func remember(_ endpoint: Endpoint) throws(SystemCallError) {
    var network = try RouteNetlink()
    try network.set(
      Neighbour(endpoint.address, link: index, state: .stale, hardwareAddress: Self.goneHardware))
  }
}

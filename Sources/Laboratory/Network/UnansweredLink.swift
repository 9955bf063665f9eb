import Linux
import NetAddress
import TCPModel

/// A link on which nobody answers: the far end of a pair of Ethernet links has no address.
final class UnansweredLink {
  private static let name = "empty0"
  /// Where packets for a neighbour go that is not there any more.
  static let goneHardware: [UInt8] = [2, 0, 0, 0, 0, 9]

  let linkPeer: LinkPeer
  private let index: UInt32
  private let far: String
  /// The near end's addresses, of which every link has its own.
  private let number: Int

  /// Makes it in the network namespace the process is in.
  init(families: [AddressFamily], to linkPeer: LinkPeer) throws(SystemCallError) {
    self.linkPeer = linkPeer
    var network = try RouteNetlink()
    (far, number) = linkPeer.next()
    try network.addPair(
      .init(Self.name, hardwareAddress: Self.hardware(of: number)),
      .init(far, hardwareAddress: Self.hardware(of: -number)),
      farEnd: .ofDescriptor(linkPeer.namespace.number))
    index = try network.link(Self.name).index
    // A link-local address nobody has vouched for yet asks no questions (`ndisc_send_ns`).
    _ = try? ProcFS().write("0", to: "sys/net/ipv6/conf/\(Self.name)/accept_dad")
    try linkPeer.inside { [far] () throws(SystemCallError) in try NetworkNamespace.bringUp(far) }
    try network.bringUp(index)
    for family in families {
      guard let address = near(family) else { continue }
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

  private func near(_ family: AddressFamily) -> IPAddress? {
    IPAddress(Self.address(Self.firstNear + number, family))
  }

  /// Beyond the second that the kernel takes at worst.
  private static let patience = Duration.seconds(2)

  /// Above all targets.
  private static let firstNear = 0xff_0000

  /// Far ends have those of negative numbers.
  private static func hardware(of number: Int) -> [UInt8] {
    [2, 0, 0, 1] + [8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// `10.0.0.1` or `fd00::1`, and those that follow.
  private static func address(_ number: Int, _ family: AddressFamily) -> [UInt8] {
    let last = [16, 8, 0].map { UInt8(truncatingIfNeeded: (number + 1) >> $0) }
    return family == .v4 ? [10] + last : [0xfd] + [UInt8](repeating: 0, count: 12) + last
  }

  /// Sees to it that frames to its target are told to the run.
  /// - Parameter time: on the monotonic clock; earlier ones are none of it.
  func add(_ run: LiveRun, since time: Duration = .zero) {
    if let target = target(of: run.request) { linkPeer.runs[target.bytes] = (run, time) }
  }

  func remove(_ run: LiveRun) {
    if let target = target(of: run.request) { linkPeer.runs[target.bytes] = nil }
  }

  /// Makes the table hold an entry for an address that nobody has.
  func remember(_ endpoint: Endpoint, as state: Neighbour.State = .stale) throws(SystemCallError) {
    try remember(endpoint, as: state, at: Self.goneHardware)
  }

  /// Makes the table hold an entry for an address that the far end has.
  func rememberFarEnd(_ endpoint: Endpoint) throws(SystemCallError) {
    try remember(endpoint, as: .reachable, at: Self.hardware(of: -number))
  }

  private func remember(_ endpoint: Endpoint, as state: Neighbour.State, at hardware: [UInt8])
    throws(SystemCallError)
  {
    var network = try RouteNetlink()
    try network.set(
      Neighbour(endpoint.address, link: index, state: state, hardwareAddress: hardware))
  }

  /// Gives the far end the address of a target, where a listener takes connections.
  ///
  /// What the far end asked for itself would tell the near end who it is, so it knows.
  func own(_ target: Endpoint) throws(SystemCallError) -> Listener {
    guard let near = near(target.address.family) else {
      throw SystemCallError(call: "own", subject: "\(target)", code: .invalidArgument)
    }
    var home = try RouteNetlink()
    try home.waitUntilOperational(index, for: Self.patience)
    return try linkPeer.inside { () throws(SystemCallError) in
      var network = try RouteNetlink()
      let link = try network.link(far).index
      try network.waitUntilOperational(link, for: Self.patience)
      // Not before: a device that is not ready joins no group (`addrconf_notify`).
      _ = try? ProcFS().write("0", to: "sys/net/ipv6/conf/\(far)/disable_ipv6")
      try network.add(target.address, facing: near, to: link)
      try network.waitUntilLocal(target.address, for: Self.patience)
      try network.set(
        Neighbour(
          near, link: link, state: .permanent, hardwareAddress: Self.hardware(of: number)))
      return try Listener.answering(at: target)
    }
  }
}

import Linux
import TCPModel

/// A link on which nobody answers: a pair of Ethernet links of which only the near end has addresses.
final class EmptyLink {
  private static let name = "empty0", farName = "empty1"
  /// Where packets for a neighbour go that is not there any more.
  private static let goneHardware: [UInt8] = [2, 0, 0, 0, 0, 9]

  /// Sees what the near end sends.
  let tap: Descriptor
  /// The attempts being played here, by the address that each connects to.
  var attempts: [[UInt8]: Attempt] = [:]
  private let index: UInt32

  /// Makes it in the network namespace the process is in.
  init(families: [SocketAddress.Family]) throws(SystemCallError) {
    var network = try RouteNetlink()
    try network.addPair(.init(Self.name), .init(Self.farName))
    let far = try network.link(Self.farName).index
    index = try network.link(Self.name).index
    // A link-local address nobody has vouched for yet asks no questions (`ndisc_send_ns`).
    _ = try? ProcFS().write("0", to: "sys/net/ipv6/conf/\(Self.name)/accept_dad")
    try network.bringUp(far)
    try network.bringUp(index)
    for family in families {
      guard let address = IPAddress(Self.address(0, family)) else { continue }
      try network.add(IPPrefix(address, length: family == .v4 ? 8 : 64), to: index)
    }
    tap = try Descriptor.frameSocket(of: far, receiveBuffer: 1 << 20)
  }

  /// The link, or why there is none.
  static func made(for families: [SocketAddress.Family]) -> Result<EmptyLink, SystemCallError> {
    do throws(SystemCallError) {
      return .success(try EmptyLink(families: families))
    } catch {
      return .failure(error)
    }
  }

  /// Where a device keeps what the neighbour tables say for all; other keys stay where they are.
  static func path(of key: SysctlKey) -> String {
    for family in Case.Family.allCases {
      let shared = SysctlKey.neighbour("", family).path
      if key.path.hasPrefix(shared) {
        return "net/\(family.rawValue)/neigh/\(name)/" + key.path.dropFirst(shared.count)
      }
    }
    return key.path
  }

  /// An address of its own for every case.
  func target(of live: LiveCase) -> SocketAddress? {
    SocketAddress(bytes: Self.address(live.number + 1, live.socketFamily), port: 80)
  }

  /// `10.0.0.1` or `fd00::1`, and those that follow.
  private static func address(_ number: Int, _ family: SocketAddress.Family) -> [UInt8] {
    let last = [16, 8, 0].map { UInt8(truncatingIfNeeded: (number + 1) >> $0) }
    return family == .v4 ? [10] + last : [0xfd] + [UInt8](repeating: 0, count: 12) + last
  }

  func remove(_ attempt: Attempt) {
    if let target = target(of: attempt.live) { attempts[target.bytes] = nil }
  }

  /// Makes the table hold an old entry for an address.
  func remember(_ address: SocketAddress) throws(SystemCallError) {
    guard let address = IPAddress(address.bytes) else { return }
    var network = try RouteNetlink()
    try network.set(
      Neighbour(address, link: index, state: .stale, hardwareAddress: Self.goneHardware))
  }

  /// What the near end sent since the last call.
  func sightings() throws(SystemCallError) -> [(frame: Frame, time: Duration)] {
    var sightings: [(frame: Frame, time: Duration)] = []
    while let packet = try tap.receivePacket() {
      guard let frame = Frame(packet.bytes) else { continue }
      sightings.append((frame, packet.time))
    }
    return sightings
  }
}

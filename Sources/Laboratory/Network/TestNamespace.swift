import Linux
import NetAddress
import TCPModel

/// One network namespace with a set of sysctls of its own, or the host's as it is; made while the
/// process is inside it.
final class TestNamespace {
  /// nil if no experiment is of its family or taps are forbidden, and on the host: others' packets are
  /// none of our business.
  private let tapV4, tapV6: PacketTap?
  /// The runs that are under way here, by the endpoints of their segments.
  var runs: [Segment.Endpoints: LiveRun] = [:]
  /// Settings of the experiments that the namespace did not take, with why.
  private(set) var notCopied: [(key: SysctlKey, errno: Errno)] = []
  /// Whether the kernel sends a tail loss probe here before the first timeout
  /// (`tcp_schedule_loss_probe`).
  let sendsLossProbes: Bool
  /// nil on the host, where nothing is changed.
  private let namespace: OpenNamespace?
  private let isHost: Bool
  /// Where neighbours are looked for; nil if none are.
  let link: Result<UnansweredLink, SystemCallError>?
  private var table: InetDiagClient?
  /// What devices between two ends send by.
  private var relayOutputs: [AddressFamily: SharedSocket] = [:]
  private var silent: [AddressFamily: Listener] = [:]
  private var answering: [AddressFamily: Listener] = [:]

  /// A namespace that gets these settings.
  /// - Parameter farSide: given where neighbours are looked for, under the settings that all devices
  ///   begin with; those cannot be seen here, so that the link gets them as its own.
  init(
    with settings: [SysctlKey: String], usesV4: Bool, usesV6: Bool,
    linkPeer: Result<LinkPeer, SystemCallError>?
  ) throws(SystemCallError) {
    try NetworkNamespace.bringUp("lo")
    isHost = false
    tapV4 = usesV4 ? try PacketTap.ifAllowed(.v4) : nil
    tapV6 = usesV6 ? try PacketTap.ifAllowed(.v6) : nil
    let families: [AddressFamily] = (usesV4 ? [.v4] : []) + (usesV6 ? [.v6] : [])
    link = linkPeer?.flatMap { UnansweredLink.made(for: families, to: $0) }
    let files = ProcFS(root: "/proc/sys")
    // Before any socket: the RTO's bounds are copied into sockets when they are made.
    for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
      do throws(SystemCallError) {
        try Self.write(value, to: link != nil ? UnansweredLink.path(of: key) : key.path, files)
      } catch {
        notCopied.append((key, error.code))
      }
    }
    let mode = Self.value(of: .tcpEarlyRetrans, files)
    sendsLossProbes = (mode == "3" || mode == "4") && Self.value(of: .tcpSack, files) != "0"
    namespace = OpenNamespace()
  }

  /// The host's own loopback, of which nothing is changed.
  init(onHost: ()) {
    (isHost, tapV4, tapV6, sendsLossProbes) = (true, nil, nil, false)
    (namespace, link) = (nil, nil)
  }

  private static func write(_ value: String, to path: String, _ files: ProcFS)
    throws(SystemCallError)
  {
    let present = try files.text(path).split { $0.isWhitespace }.joined(separator: " ")
    if present != value { try files.write(value, to: path) }
  }

  private static func value(of key: SysctlKey, _ files: ProcFS) -> String? {
    (try? files.text(key.path)).map { String($0.prefix { $0 != "\n" }) }
  }

  func tap(_ family: AddressFamily) -> PacketTap? { family == .v4 ? tapV4 : tapV6 }

  func silentListener(_ family: AddressFamily) throws(SystemCallError) -> Listener {
    if let known = silent[family] { return known }
    let new = try Listener.silent(family, withFilter: !isHost)
    silent[family] = new
    return new
  }

  /// Returns a socket that sends segments with a device's mark; its tap does not see those.
  func relayOutput(_ family: AddressFamily) throws(SystemCallError) -> SharedSocket {
    if let known = relayOutputs[family] { return known }
    let new = SharedSocket(asItIs: try Descriptor.segmentSocket(family, receiveBuffer: 4096))
    try new.descriptor.dropEverything()
    try new.descriptor.mark(with: ForgettingRelay.mark)
    try tap(family)?.socket.drop(marked: ForgettingRelay.mark)
    relayOutputs[family] = new
    return new
  }

  func answeringListener(_ family: AddressFamily) throws(SystemCallError) -> Listener {
    if let known = answering[family] { return known }
    let new = try Listener.answering(family)
    answering[family] = new
    return new
  }

  /// Made while the process is inside.
  func socketTable() throws(SystemCallError) -> InetDiagClient {
    if let table { return table }
    let new = try InetDiagClient()
    table = new
    return new
  }

  /// Forgets a run that is over.
  func remove(_ run: LiveRun) {
    runs[run.endpoints] = nil
    if case .success(let link) = link { link.remove(run) }
  }

  /// Leaves nothing behind that would keep the namespace alive: here, and nowhere else.
  ///
  /// Its sockets are dropped as they close (`SharedSocket`); an orphan all the same is ended. The process
  /// stays in this namespace.
  func leave() {
    runs = [:]
    (silent, answering, relayOutputs) = ([:], [:], [:])
    do throws(SystemCallError) {
      guard let namespace else { return }
      try namespace.enter()
      OrphanCleanup.end()
    } catch {}
  }
}

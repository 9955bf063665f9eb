package import Linux
package import TCPModel

/// Feeds a probe with the addresses of a list of targets and hands out what becomes of them.
package final class ProbeRun: ConnectSource {
  /// How targets become addresses, and how often each is connected to.
  package struct Plan: Sendable {
    /// Only addresses of this family; nil is both.
    package var family: SocketAddress.Family?
    /// The first address of a name to answer is enough.
    package var isRace = false
    package var rounds = 1
    /// Between the end of a round and the next.
    package var pause = Duration.zero
    /// What starts a resolver.
    package var resolver = ["/proc/self/exe", "resolve"]

    package init() {}
  }

  private let targets: TargetList
  private let plan: Plan
  private let counts: ([ConnectResult]) -> Bool
  private let tell: (ProbedAddress) -> Void
  /// Called when a descriptor can be read that the run does not know.
  private let interrupted: () -> Bool
  private let isUnread: () -> Bool
  private let resolver: Resolver
  private var cursor = TargetList.Cursor()
  private var place = -1
  /// The target that is being taken apart, and how far.
  private var entry: TargetList.Entry?
  private var address: UInt64 = 0, port = 0
  private var races: [Race] = []
  private var hasRead = false, isStopping = false
  /// Addresses handed out.
  private var given = 0
  /// Addresses of names; and addresses that are to be connected to again.
  private var resolved = WaitingProbes(), again = WaitingProbes()
  /// The ports asked for, of names on their way.
  private var asked: [Int: (origin: AddressProbe.Origin, ports: [UInt16])] = [:]

  /// - Parameters:
  ///   - interrupted: whether to stop, asked when another watched descriptor can be read.
  ///   - isUnread: whether to stop because nobody wants to know more, asked before every address.
  ///   - counts: called with the rounds of every address; whether there is more to know of it;
  ///     of an address of a name there always is.
  ///   - report: called with the addresses of which there is.
  package init(
    _ targets: TargetList, _ plan: Plan, interrupted: @escaping () -> Bool,
    isUnread: @escaping () -> Bool = { false },
    counts: @escaping ([ConnectResult]) -> Bool = { _ in true },
    report: @escaping (ProbedAddress) -> Void
  ) {
    (self.targets, self.plan) = (targets, plan)
    (self.interrupted, self.isUnread) = (interrupted, isUnread)
    (self.counts, tell) = (counts, report)
    let option = plan.family.map { [$0 == .v4 ? "-4" : "-6"] } ?? []
    resolver = Resolver(running: plan.resolver + option, atOnce: 16)
  }

  /// Connects to everything.
  package func play(_ settings: ConnectSettings, watching number: CInt?) throws(SystemCallError) {
    let probe = try ConnectProbe(settings, to: self)
    if let number { try probe.watch(number) }
    try probe.run()
  }

  package func next(at now: Duration, in probe: ConnectProbe) throws(SystemCallError)
    -> NextDestination
  {
    if isUnread() {
      isStopping = true
      probe.stop()
      return .finished
    }
    for race in races where race.isWaiting {
      if let next = race.next(at: now) { return .connect(next) }
    }
    if let next = resolved.next(at: now) ?? again.next(at: now) { return .connect(next) }
    if let next = try nextAddress(in: probe) { return .connect(next) }
    let raceDue = races.lazy.filter(\.isWaiting).map(\.due).min()
    let due = [raceDue, again.due].compactMap { $0 }.min()
    let isDone = hasRead && !resolver.isBusy && again.isEmpty && races.isEmpty
    return isDone ? .finished : .later(at: due)
  }

  /// The next address that stands in the list itself; names are asked for on the way.
  private func nextAddress(in probe: ConnectProbe) throws(SystemCallError) -> AddressProbe? {
    while true {
      if entry == nil, !readNext() { return nil }
      guard let entry else { return nil }
      if case .name(let name) = entry.target.host {
        // It keeps its place, and what stands behind it waits.
        if resolver.isFull { return nil }
        asked[place] = (origin(of: entry), ports(of: entry.target))
        try resolver.ask(name, place, in: probe)
        self.entry = nil
      } else if let address = nextAddress(of: entry.target) {
        given += 1
        return AddressProbe(address, of: origin(of: entry), number: given)
      } else {
        self.entry = nil
      }
    }
  }

  private func readNext() -> Bool {
    // It was read once without a mistake.
    entry = try? targets.next(at: &cursor)
    hasRead = entry == nil
    (address, port) = (0, 0)
    place += hasRead ? 0 : 1
    return !hasRead
  }

  private func origin(of entry: TargetList.Entry) -> AddressProbe.Origin {
    AddressProbe.Origin(text: entry.text, place: place, options: entry.options)
  }

  private func ports(of target: ProbeTarget) -> [UInt16] {
    target.port.map { [$0] } ?? targets.ports
  }

  /// Address by address, each with all ports.
  private func nextAddress(of target: ProbeTarget) -> SocketAddress? {
    let ports = ports(of: target)
    if port == ports.count { (address, port) = (address + 1, 0) }
    guard address < target.addresses else { return nil }
    defer { port += 1 }
    switch target.host {
    case .address(let only, let scope):
      return SocketAddress(only, port: ports[port], scope: scope)
    case .block(let block): return SocketAddress(block.address(at: address), port: ports[port])
    case .name: return nil
    }
  }

  package func ended(
    _ destination: any Destination, _ result: ConnectResult, in probe: ConnectProbe
  )
    throws(SystemCallError)
  {
    guard let ended = destination as? AddressProbe else { return }
    ended.rounds.append(result)
    if let race = ended.race, !isStopping {
      finish(race, ended, in: probe)
    } else if ended.rounds.count < plan.rounds, !isStopping {
      ended.failures = 0
      again.add(ended, due: Clock.monotonic.now + plan.pause)
    } else if counts(ended.rounds) || ended.origin.resolution != nil {
      // Only now, because an address as text takes its time.
      tell(ended.result)
    }
  }

  private func report(_ row: ProbedAddress) {
    if counts(row.rounds) || row.resolution != nil { tell(row) }
  }

  private func finish(_ race: Race, _ ended: AddressProbe, in probe: ConnectProbe) {
    if ended.outcome?.kind == .open {
      probe.cancel { ($0 as? AddressProbe)?.race === race }
      report(ended.result)
    } else {
      race.fail(ended.result, at: Clock.monotonic.now)
      guard race.isOver else { return }
      race.failed.forEach(report)
    }
    races.removeAll { $0 === race }
  }

  package func readable(_ number: CInt, in probe: ConnectProbe) throws(SystemCallError) {
    if let answer = try resolver.readable(number) { return take(answer) }
    guard !resolver.owns(number), interrupted() else { return }
    isStopping = true
    probe.stop()
  }

  private func take(_ answer: Resolver.Answer) {
    guard let (asked, ports) = asked.removeValue(forKey: answer.question) else { return }
    var origin = asked
    origin.resolution = answer.time
    if let objection = answer.objection {
      let result = ConnectResult(.unresolved(because: objection), after: .zero)
      return report(
        ProbedAddress(
          target: origin.text, place: origin.place, address: nil, rounds: [result],
          resolution: answer.time))
    }
    for port in ports {
      let addresses = answer.addresses.compactMap {
        SocketAddress(bytes: $0.bytes, port: port, scope: $0.scope)
      }
      add(addresses, of: origin)
    }
  }

  private func add(_ addresses: [SocketAddress], of origin: AddressProbe.Origin) {
    if plan.isRace { return races.append(Race(addresses, of: origin)) }
    for address in addresses {
      given += 1
      resolved.add(AddressProbe(address, of: origin, number: given), due: .zero)
    }
  }
}

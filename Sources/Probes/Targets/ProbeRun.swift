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
    /// When to stop waiting for the addresses of a name: longer than a resolver takes that asks
    /// three servers twice, 5 s each (resolv.conf(5)).
    package var patience = Duration.seconds(35)
    /// What starts a resolver.
    package var resolver = ["/proc/self/exe", "resolve"]

    package init() {}
  }

  private let targets: TargetList
  private let plan: Plan
  private let counts: ([ConnectResult]) -> Bool
  private let tell: (ProbedAddress) -> Void
  /// Asked when the alarm can be read: whether to stop.
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
  /// What can be read when somebody may want it to stop.
  private var alarm: CInt?
  /// How many of the list's names have been asked for.
  private var namesAsked = 0
  /// Addresses handed out.
  private var given = 0
  /// Addresses of names; and addresses that are to be connected to again.
  private var resolved = WaitingProbes(), again = WaitingProbes()
  /// The ports asked for, of names on their way.
  private var asked: [Int: (origin: AddressProbe.Origin, ports: [UInt16])] = [:]

  /// - Parameters:
  ///   - interrupted: whether to stop; asked when the descriptor that `play` watches can be read.
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
  /// - Parameter number: of a descriptor that can be read when somebody may want it to stop.
  package func play(_ settings: ConnectSettings, watching number: CInt?) throws(SystemCallError) {
    let probe = try ConnectProbe(settings, to: self)
    alarm = number
    if let number { try probe.watch(number) }
    try probe.run()
    if isStopping { tellWhatIsThere() }
  }

  /// Tells what an interrupt has left without an end.
  private func tellWhatIsThere() {
    while let waiting = again.next(at: .nanoseconds(Int64.max)) {
      report(waiting.result)
    }
    for race in races { race.results(at: Clock.monotonic.now, winner: nil).forEach(report) }
    for (question, time) in resolver.pending {
      guard let (origin, _) = asked.removeValue(forKey: question) else { continue }
      var result = ConnectResult(.unresolved(because: "no answer yet"), after: .zero)
      result.isInterrupted = true
      report(Self.unresolved(origin, result, after: time))
    }
  }

  /// Asks for names ahead of their turn, as many as are resolved at once.
  package func prepare(in probe: ConnectProbe) throws(SystemCallError) {
    if let late = try resolver.giveUp(after: plan.patience, in: probe) { take(late) }
    while namesAsked < targets.names.count, !resolver.isFull {
      var (cursor, place) = targets.names[namesAsked]
      guard let entry = try? targets.next(at: &cursor), case .name(let name) = entry.target.host
      else { preconditionFailure("a list that was read once without a mistake") }
      let origin = AddressProbe.Origin(text: entry.text, place: place, options: entry.options)
      do throws(SystemCallError) {
        try resolver.ask(name, place, in: probe)
      } catch  where resolver.isBusy || probe.count > 0 {
        // No resolver can be started: when something has ended, one may, or one is idle.
        return
      } catch {
        let result = ConnectResult(.unresolved(because: "no resolver: \(error)"), after: .zero)
        report(Self.unresolved(origin, result, after: .zero))
        namesAsked += 1
        continue
      }
      asked[place] = (origin, ports(of: entry.target))
      namesAsked += 1
    }
  }

  private static func unresolved(
    _ origin: AddressProbe.Origin, _ result: ConnectResult, after time: Duration
  ) -> ProbedAddress {
    ProbedAddress(
      target: origin.text, place: origin.place, address: nil, rounds: [result], resolution: time)
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
    if let next = nextAddress() { return .connect(next) }
    let raceDue = races.lazy.filter(\.isWaiting).map(\.due).min()
    let due = [raceDue, again.due, resolver.due(after: plan.patience)].compactMap { $0 }.min()
    let isDone =
      hasRead && namesAsked == targets.names.count && !resolver.isBusy && resolved.isEmpty
      && again.isEmpty && races.isEmpty
    return isDone ? .finished : .later(at: due)
  }

  /// The next address that stands in the list itself.
  private func nextAddress() -> AddressProbe? {
    while true {
      if entry == nil, !readNext() { return nil }
      guard let entry else { return nil }
      if let address = nextAddress(of: entry.target) {
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
    // Of a name `prepare` asks for them.
    return target.address(address, port: ports[port])
  }

  package func ended(
    _ destination: any Destination, _ result: ConnectResult, in probe: ConnectProbe
  )
    throws(SystemCallError)
  {
    guard let ended = destination as? AddressProbe else { return }
    // Rounds that are over say more than one that was broken off.
    if !result.isInterrupted || ended.rounds.isEmpty { ended.rounds.append(result) }
    if let race = ended.race, !isStopping {
      finish(race, ended, in: probe)
    } else if ended.race != nil {
      // An interrupted race is told when all of it has stopped.
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
    let now = Clock.monotonic.now
    let isWon = ended.outcome?.kind == .open
    if isWon {
      probe.cancel { ($0 as? AddressProbe)?.race === race }
    } else {
      race.fail(at: now)
      guard race.isOver else { return }
    }
    race.results(at: now, winner: isWon ? ended : nil).forEach(report)
    races.removeAll { $0 === race }
  }

  package func readable(_ number: CInt, in probe: ConnectProbe) throws(SystemCallError) {
    if resolver.owns(number) {
      if let answer = try resolver.readable(number, in: probe) { take(answer) }
      return
    }
    guard number == alarm, interrupted() else { return }
    isStopping = true
    probe.stop()
  }

  private func take(_ answer: Resolver.Answer) {
    guard let (asked, ports) = asked.removeValue(forKey: answer.question) else { return }
    var origin = asked
    origin.resolution = answer.time
    if let objection = answer.objection {
      let result = ConnectResult(.unresolved(because: objection), after: .zero)
      return report(Self.unresolved(origin, result, after: answer.time))
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

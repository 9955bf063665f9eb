package import Linux
package import NetAddress
package import Observations
import TCPModel

/// Feeds a probe with the addresses of a list of targets and hands out what becomes of them.
package final class ProbeSession: ConnectWorkload {
  /// How targets become addresses, and how often each is connected to.
  package struct Plan: Sendable {
    /// Only addresses of this family; nil is both.
    package var family: AddressFamily?
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

  private let plan: Plan
  private let counts: ([ConnectResult]) -> Bool
  private let tell: (ProbedAddress) -> Void
  /// Called when the alarm can be read.
  private let interrupted: () -> Void
  private let isUnread: () -> Bool
  /// What can be read when somebody may want it to stop.
  private var alarm: CInt?
  private var isStopping = false
  private var listed: ListedAddresses
  private let names: NameQueue
  /// Addresses of names; and addresses that are to be connected to again.
  private var resolved = DueQueue<AddressProbe>(), again = DueQueue<AddressProbe>()
  private var races = ActiveRaces()
  /// No further names are asked for while so many addresses wait.
  private static let ahead = 1024

  /// - Parameters:
  ///   - interrupted: called when the descriptor that `run` watches can be read; then all stops.
  ///   - isUnread: whether to stop because nobody wants to know more, asked before every address.
  ///   - counts: called with the rounds of every address; whether there is more to know of it;
  ///     of an address of a name there always is.
  ///   - report: called with the addresses of which there is.
  package init(
    _ targets: TargetList, _ plan: Plan, interrupted: @escaping () -> Void,
    isUnread: @escaping () -> Bool = { false },
    counts: @escaping ([ConnectResult]) -> Bool = { _ in true },
    report: @escaping (ProbedAddress) -> Void
  ) {
    self.plan = plan
    (self.interrupted, self.isUnread) = (interrupted, isUnread)
    (self.counts, tell) = (counts, report)
    let option = plan.family.map { [$0 == .v4 ? "-4" : "-6"] } ?? []
    listed = ListedAddresses(targets)
    names = NameQueue(
      of: targets, Resolver(running: plan.resolver + option, atOnce: 16), patience: plan.patience)
  }

  /// Connects to everything.
  /// - Parameter number: of a descriptor that can be read when somebody may want it to stop.
  package func run(_ settings: ConnectSettings, watching number: CInt?) throws(SystemCallError) {
    let probe = try ConnectEngine(settings, to: self)
    alarm = number
    if let number { try probe.watch(number) }
    try probe.run()
    if isStopping { tellWhatIsThere() }
  }

  /// Tells what an interrupt has left without an end.
  private func tellWhatIsThere() {
    for waiting in again.takeAll() {
      waiting.isCutShort = true
      report(waiting)
    }
    for race in races.takeAll() {
      race.end(at: KernelClock.monotonic.now, winner: nil).forEach(report(ofName:))
    }
    names.breakOff().forEach(take)
  }

  package func prepare(in probe: ConnectEngine) throws(SystemCallError) {
    if resolved.count + races.readyCount < Self.ahead { try names.ask(in: probe).forEach(take) }
  }

  package func next(at now: Duration, in probe: ConnectEngine) throws(SystemCallError)
    -> NextDestination
  {
    if isUnread() {
      isStopping = true
      probe.stop()
      return .finished
    }
    if let next = races.next(at: now) ?? resolved.next(at: now) ?? again.next(at: now)
      ?? listed.next()
    {
      return .connect(next)
    }
    let isDone =
      listed.isAtEnd && names.isAtEnd && resolved.isEmpty && again.isEmpty && races.isEmpty
    let due = [races.due, again.due, names.due].compactMap { $0 }.min()
    return isDone ? .finished : .later(at: due)
  }

  package func ended(
    _ destination: any Destination, _ result: ConnectResult, in probe: ConnectEngine
  )
    throws(SystemCallError)
  {
    guard let ended = destination as? AddressProbe else { return }
    // Rounds that are over say more than one that was broken off.
    if !result.isInterrupted || ended.rounds.isEmpty { ended.rounds.append(result) }
    ended.isCutShort = isStopping && ended.rounds.count < plan.rounds
    if let race = ended.race, !isStopping {
      finish(race, ended, in: probe)
    } else if ended.race != nil {
      // An interrupted race is reported when all of it has stopped.
    } else if ended.rounds.count < plan.rounds, !isStopping {
      ended.failures = 0
      again.add(ended, due: KernelClock.monotonic.now + plan.pause)
    } else {
      report(ended)
    }
  }

  private func report(_ ended: AddressProbe) {
    // An address as text takes its time.
    if counts(ended.rounds) || ended.origin.resolution != nil { tell(ended.result) }
  }

  /// Of a name there is always more to know.
  private func report(ofName row: ProbedAddress) {
    _ = counts(row.rounds)
    tell(row)
  }

  private func finish(_ race: HappyEyeballs, _ ended: AddressProbe, in probe: ConnectEngine) {
    let now = KernelClock.monotonic.now
    let isWon = ended.outcome?.kind == .open
    if isWon {
      race.underWay.forEach(probe.cancel)
    } else {
      race.fail(at: now)
      guard race.isOver else { return races.goOn(race) }
    }
    races.remove(race)
    race.end(at: now, winner: isWon ? ended : nil).forEach(report(ofName:))
  }

  package func readable(_ number: CInt, in probe: ConnectEngine) throws(SystemCallError) {
    if names.owns(number) {
      if let answer = try names.readable(number, in: probe) { take(answer) }
      return
    }
    guard number == alarm else { return }
    interrupted()
    isStopping = true
    probe.stop()
  }

  private func take(_ answer: NameQueue.Answer) {
    if let unresolved = answer.unresolved { report(ofName: unresolved) }
    var number = 0
    for addresses in answer.addresses {
      if plan.isRace {
        races.add(HappyEyeballs(addresses, of: answer.origin))
        continue
      }
      for address in addresses {
        number += 1
        resolved.add(AddressProbe(address, of: answer.origin, number: number))
      }
    }
  }
}

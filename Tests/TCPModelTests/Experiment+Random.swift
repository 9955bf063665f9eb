import NetAddress
import Randomness
import TCPModel

extension Experiment {
  /// The kernels that random cases are simulated on; what nobody checked is unknown on some.
  static let kernels = [
    KernelVersion(3, 10), KernelVersion(4, 14), KernelVersion(5, 4), KernelVersion(6, 1),
    KernelVersion(6, 6), KernelVersion(6, 12), KernelVersion(6, 18), KernelVersion(7, 3),
  ]

  /// A case of settings that the kernel takes, however odd; the same for a seed in every run.
  static func random(_ seed: Int) -> Experiment {
    var numbers = Dice(seed: seed)
    func pick(_ values: [Int]) -> Int { values.randomElement(using: &numbers) ?? 0 }
    let scenario = Scenario.allCases[seed % Scenario.allCases.count]
    let hertz = pick([100, 250, 300, 1000])
    var snapshot = SettingsSnapshot.defaults(
      of: kernels.randomElement(using: &numbers) ?? KernelVersion(6, 18),
      tickRate: TickRate(hertz: hertz))
    snapshot[.tcpSynRetries] = .value(.number(pick([1, 2, 3, 6, 7, 127])))
    snapshot[.tcpRetries2] = .value(.number(pick([0, 1, 3, 5, 8, 15, 255])))
    snapshot[.tcpKeepaliveTime] = .value(.number(pick([0, 1, 10, 60, 7200, 2_000_000])))
    snapshot[.tcpKeepaliveIntvl] = .value(.number(pick([0, 1, 5, 75, 32767])))
    snapshot[.tcpKeepaliveProbes] = .value(.number(pick([0, 1, 3, 9, 255])))
    snapshot[.tcpSynackRetries] = .value(.number(pick([0, 1, 5, 20, 50])))
    snapshot[.tcpOrphanRetries] = .value(.number(pick([0, 1, 3, 8, 255])))
    snapshot[.tcpFinTimeout] = .value(.number(pick([-1, 0, 1, 60, 61, 90, 2_000_000])))
    for name in ["mcast_solicit", "app_solicit", "ucast_solicit", "mcast_resolicit"] {
      snapshot[.neighbour(name, .v4)] = .value(.number(pick([0, 1, 3, 1000, Int(Int32.max)])))
    }
    // What a program that resolves finds of a new owner is unknown.
    if scenario == .movedAddress { snapshot[.neighbour("app_solicit", .v4)] = .value(0) }
    snapshot[.neighbour("retrans_time_ms", .v4)] = .value(
      .number(pick([0, 1, 250, 1000, 20_000, Int(Int32.max)])))
    snapshot[.neighbour("delay_first_probe_time", .v4)] = .value(
      .number(pick([-1, 0, 1, 5, 60, 21_474_836])))
    snapshot[.tcpThinLinearTimeouts] = .value(.number(pick([0, 1])))
    snapshot[.tcpCongestionControl] = .value(
      .text(Bool.random(using: &numbers) ? "cubic" : "bbr"))
    if snapshot[.tcpSynLinearTimeouts] != .absent {
      snapshot[.tcpSynLinearTimeouts] = .value(.number(pick([0, 1, 4, 127])))
    }
    if snapshot[.tcpRtoMaxMs] != .absent {
      snapshot[.tcpRtoMaxMs] = .value(.number(pick([1000, 1001, 5000, 120_000])))
    }
    var options = SocketOptions([.keepalive: 1])
    if Bool.random(using: &numbers) {
      options[.userTimeout] = pick([1, 500, 1001, 7777, 30_000, 900_000, Int(Int32.max)])
    }
    // A long path has hundreds of timeouts, and a closed window hundreds of probes for each.
    let longest = scenario == .zeroWindow ? 60_000 : 200_000
    let roundTrip = Duration.microseconds(pick([100, 4000, 51_000, longest]))
    if Bool.random(using: &numbers) { options[.linger2] = pick([-1, 0, 3, 62, 100, 121]) }
    if Bool.random(using: &numbers) { options[.deferAccept] = pick([0, 1, 5, 200]) }
    var experiment = Experiment(
      scenario, in: snapshot, options: options,
      path: Path(
        roundTrip: roundTrip...roundTrip, segments: pick([scenario == .close ? 0 : 1, 2, 10])))
    let usual = scenario.definition.usualEntry
    experiment.neighbourEntry = Bool.random(using: &numbers) ? .stale : usual
    experiment.client = ClientActivity.allCases.randomElement(using: &numbers) ?? .send
    experiment.receiverFate =
      [
        .survives, .diesAtWorstMoment, .dies(after: .zero),
        .dies(after: .seconds(pick([1, 3, 40, 2_000_000]))),
      ][pick([0, 1, 2, 3])]
    return experiment
  }
}

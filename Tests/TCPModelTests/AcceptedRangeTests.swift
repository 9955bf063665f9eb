import NetAddress
import Randomness
import Testing

@testable import TCPModel

/// Whatever a kernel takes and the command line lets through is simulated: without a trap, in order,
/// and within the budget.
struct AcceptedRangeTests {
  private static let year = Duration.seconds(8760 * 3600)

  /// A number out of a range: one of its ends, near nothing, or of any size.
  private static func number(in range: ClosedRange<Int>, _ dice: inout Dice) -> Int {
    let number: Int
    switch dice.pick(0, 1, 2, 3) {
    case 0: number = dice.pick(range.lowerBound, range.upperBound)
    case 1: number = dice.pick(-1, 0, 1, 2, 3, 15, 184)
    case 2: number = Int.random(in: range, using: &dice)
    default: number = (1 << Int.random(in: 0..<31, using: &dice)) * dice.pick(1, 1, 1, -1)
    }
    return min(max(number, range.lowerBound), range.upperBound)
  }

  /// From a microsecond to the longest, every order of magnitude alike.
  private static func time(upTo longest: Duration, _ dice: inout Dice) -> Duration {
    min(.microseconds(Int64(1) << Int64.random(in: 0..<45, using: &dice)), longest)
  }

  private static func experiment(_ scenario: Scenario, _ dice: inout Dice) -> Experiment {
    let kernel = Experiment.kernels.randomElement(using: &dice) ?? KernelVersion(6, 18)
    var snapshot = SettingsSnapshot.defaults(
      of: kernel, tickRate: TickRate(hertz: dice.pick(24, 100, 250, 300, 1000, 1024, 1200)))
    for key in scenario.sysctls where snapshot[key] != .absent && dice.once(in: 2) {
      guard let sysctl = SysctlCatalog[key], let range = sysctl.range else { continue }
      snapshot[key] = .value(.number(Self.number(in: range, &dice)))
    }
    var options = SocketOptions([.keepalive: 1])
    for option in SocketOption.all where option.decides(scenario) && dice.once(in: 3) {
      options[option] = number(in: option.range, &dice)
    }
    options[.keepalive] = 1
    var experiment = Experiment(scenario, in: snapshot, options: options)
    let ends = [time(upTo: year, &dice), time(upTo: year, &dice)].sorted()
    experiment.path = Path(
      roundTrip: dice.once(in: 2) ? ends[0]...ends[1] : ends[0]...ends[0],
      segments: dice.pick(1, 2, 3, 4, 1000))
    experiment.neighbourEntry = dice.pick(.none, .stale)
    experiment.receiverFate = dice.pick(
      .survives, .diesAtWorstMoment, .dies(after: .zero), .dies(after: year),
      .dies(after: time(upTo: year, &dice)), .diesAnswering(probe: dice.pick(0, 1, 3, 300)))
    return experiment
  }

  @Test(arguments: Scenario.allCases, 1...12)
  func `always is what has branches, whose events come in order`(
    scenario: Scenario, seed: Int
  ) {
    var dice = Dice(seed: seed * 1000 + scenario.rawValue.utf8.count)
    let experiment = Self.experiment(scenario, &dice)
    let timeline = Timeline(of: experiment)
    switch timeline.ends {
    case .always, .maybeNever: #expect(!timeline.branches.isEmpty, "\(experiment)")
    case .never, .unknown: #expect(timeline.branches.isEmpty, "\(experiment)")
    }
    for branch in timeline.branches { expectOrder(branch, in: experiment) }
  }

  private func expectOrder(_ branch: Timeline.Branch, in experiment: Experiment) {
    #expect(branch.survives >= .zero, "\(experiment)")
    let ranges = branch.events.map(\.range)
    #expect(ranges.allSatisfy { .zero <= $0.earliest && $0.earliest <= $0.latest })
    for (range, next) in zip(ranges, ranges.dropFirst()) {
      #expect(range.earliest <= next.earliest, "\(experiment)")
      #expect(range.latest <= next.latest, "\(experiment)")
    }
  }

  /// A year before the peer dies: each event no earlier than its timer is due.
  @Test(arguments: [24, 100, 300, 1000])
  func `a long life before the death moves no event before the start`(hertz: Int) throws {
    var experiment = Experiment(
      .zeroWindow,
      in: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz)))
    experiment.receiverFate = .dies(after: Self.year)
    let first = try #require(Timeline(of: experiment).events.first)
    #expect(first.range.earliest >= .milliseconds(200))
    #expect(first.range.latest < .milliseconds(500))
  }

  /// TCP_USER_TIMEOUT ends it before the probe at which the peer would die.
  @Test(arguments: [1, 184])
  func `what ends before the death that it counts from is unknown`(milliseconds: Int) {
    var experiment = Experiment(
      .zeroWindow, in: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 300)),
      options: SocketOptions([.userTimeout: milliseconds]))
    experiment.receiverFate = .diesAnswering(probe: 3)
    #expect(
      Timeline(of: experiment).ends == .unknown(because: "it ends before the peer dies"))
  }

  /// Kernels take a negative tcp_keepalive_time, and what they make of it has no rule.
  @Test(arguments: [SysctlKey.tcpKeepaliveTime, .tcpKeepaliveIntvl], [-1, -2_147_483])
  func `a negative keepalive time is unknown`(key: SysctlKey, seconds: Int) throws {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    snapshot[key] = .value(.number(seconds))
    let timeline = Timeline(
      of: Experiment(.idle, in: snapshot, options: SocketOptions([.keepalive: 1])))
    guard case .unknown(let reason) = timeline.ends else {
      Issue.record("\(timeline.ends)")
      return
    }
    #expect(reason.contains("negative keepalive time"))
  }

  /// More phases than are simulated one by one, as each has an end of its own.
  @Test(arguments: [Scenario.send, .zeroWindow, .close])
  func `a user timeout on a wide path ends nothing before its time, and not much after`(
    scenario: Scenario
  ) throws {
    var experiment = Experiment(
      scenario, in: .defaults(of: KernelVersion(6, 18)),
      options: SocketOptions([.userTimeout: 275_000]))
    experiment.path = Path(roundTrip: .milliseconds(1)...Duration.milliseconds(300))
    let range = try #require(Timeline(of: experiment).range)
    #expect(range.earliest >= .seconds(275), "\(range)")
    // The first timeout is one of up to 1.4 s; a last wait may be 13.7 s late (4,096 jiffies at HZ=300).
    #expect(range.latest <= .seconds(275) + .seconds(1.4) + .seconds(13.7), "\(range)")
  }

  /// As many first timeouts as a path of minutes has: sampled, with both sides of each cliff.
  @Test func `a wide path has at most so many timeouts`() {
    var experiment = Experiment(.send, in: .defaults(of: KernelVersion(6, 18)))
    experiment.path = Path(roundTrip: .milliseconds(1)...Duration.seconds(120))
    let wide = Timeline(of: experiment)
    for trip in [1, 130, 3100, 26_000, 120_000] {
      experiment.path = Path(roundTrip: .milliseconds(trip)...Duration.milliseconds(trip))
      let narrow = Timeline(of: experiment)
      #expect((wide.range?.earliest ?? .zero) <= (narrow.range?.earliest ?? .zero))
      #expect((wide.range?.latest ?? .zero) >= (narrow.range?.latest ?? .zero))
    }
  }
}

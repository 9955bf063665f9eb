import Linux
import NetAddress
import Observations
import Randomness
import TCPModel
import Testing

@testable import Laboratory

/// Peers that come back: what the model says is outlived, run with real sockets.
struct OutageTests {
  /// The longest measurement; what takes longer is not chosen.
  static let budget = Duration.seconds(6)
  static let hasRTOMax =
    Bench.snapshot().kernel.map { kernel in
      SocketOption.rtoMax.info.exists(in: kernel)
    } ?? false

  private static func isShort(_ timeline: Timeline) -> Bool {
    timeline.range.map { $0.latest + .seconds(1) < budget } ?? false
  }

  /// Short cases of every kind.
  static let experiments: [Experiment] = AddressFamily.allCases.flatMap { family in
    let few = Bench.snapshot([.tcpSynLinearTimeouts: 0, .tcpRetries2: 3])
    let keepalive = LiveTests.keepalive
    let second = hasRTOMax ? SocketOptions([.rtoMax: 1000]) : SocketOptions()
    func experiment(_ scenario: Scenario, _ options: [SocketOption: Int], segments: Int = 1)
      -> Experiment
    {
      Experiment(
        scenario, in: few, options: SocketOptions(options), family: family,
        path: Path(roundTrip: .microseconds(10)...(.milliseconds(1)), segments: segments))
    }
    return [
      experiment(.connect, [.synCount: 1]),
      experiment(.connect, [.synCount: 2, .userTimeout: 3000]),
      experiment(.connect, second.overridden(by: SocketOptions([.synCount: 2])).values),
      experiment(.idle, keepalive.values),
      experiment(.idle, keepalive.overridden(by: SocketOptions([.userTimeout: 3000])).values),
      experiment(.send, [.userTimeout: 3000]), experiment(.send, second.values),
      experiment(.send, [.userTimeout: 2000], segments: 3),
    ].filter { isShort(Timeline(of: $0)) }
  }

  /// All of them at once: two tests of this length would take twice as long.
  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `outage: what the model says is outlived is outlived, and what is longer kills`() throws {
    let chosen = Self.experiments.flatMap { experiment in
      let timeline = Timeline(of: experiment)
      return [
        Outages.outlived(by: timeline), Outages.tooLong(for: timeline),
        Outages.endingTooLate(for: timeline),
      ].compactMap { $0 }.map { outage in
        var experiment = experiment
        experiment.outage = outage
        return experiment
      }
    }
    try measure(chosen + (1...60).map(Self.randomPlay))
  }

  /// A short case with an outage that is mostly outlived.
  private static func randomPlay(_ seed: Int) -> Experiment {
    var numbers = Dice(seed: seed)
    func pick(_ values: [Int]) -> Int { values.randomElement(using: &numbers) ?? 0 }
    while true {
      let scenario = [Scenario.connect, .idle, .send][seed % 3]
      let snapshot = Bench.snapshot([
        .tcpSynLinearTimeouts: pick([0, 4]), .tcpRetries2: pick([1, 3]),
      ])
      var options = SocketOptions([
        .keepalive: 1, .keepIdle: pick([1, 2]), .keepInterval: pick([1, 2]),
        .keepCount: pick([1, 2, 3]), .synCount: pick([1, 2, 3]),
      ])
      if Bool.random(using: &numbers) {
        options[.userTimeout] = Int.random(in: 1...4000, using: &numbers)
      }
      if hasRTOMax, Bool.random(using: &numbers) { options[.rtoMax] = pick([1000, 1500]) }
      var experiment = Experiment(
        scenario, in: snapshot, options: options.deciding(scenario),
        family: Bool.random(using: &numbers) ? .v4 : .v6, path: Path(segments: pick([1, 1, 3])))
      let timeline = Timeline(of: experiment)
      guard isShort(timeline), let end = timeline.range?.latest, let survives = timeline.survives
      else { continue }
      let longest = Double.random(in: 0...1, using: &numbers) < 0.7 ? survives : end
      experiment.outage = longest * Double.random(in: 0...1, using: &numbers)
      return experiment
    }
  }

  /// Plays all at once.
  private func measure(_ experiments: [Experiment]) throws {
    let measurement = try Laboratory.run(
      experiments, for: Self.budget, executable: Bench.executable)
    var outlived = 0
    for (experiment, observation) in zip(experiments, measurement.observations) {
      let timeline = Bench.timeline(of: experiment, seenIn: observation)
      switch observation.outcome {
      case .outlived(let resumedAfter):
        outlived += 1
        Self.expect(observation, resumed: resumedAfter, inTimeOf: timeline)
      case .ended(let errno, let time):
        Self.expect(observation, endedWith: errno, after: time, of: timeline)
      case .running, .notRun:
        Issue.record("\(experiment.scenario) \(experiment.options.sorted): \(observation.outcome)")
      }
    }
    #expect(outlived * 4 >= experiments.count)
    #expect(outlived < experiments.count)
  }

  /// Expects that what got through did so in time, and that what came before is as modelled.
  static func expect(
    _ observation: Observation, resumed: Duration, inTimeOf timeline: Timeline
  ) {
    // What got through is the last event, and the worst moment of an idle connection its first.
    let times = observation.events.map(\.time)
    let worst = timeline.scenario == .idle ? times.first : .zero
    if let outage = observation.outage, let worst, let last = times.last, resumed > .zero {
      #expect(last - worst - outage == resumed)
    } else {
      #expect(observation.outage != nil)
      #expect(resumed == .zero)
    }
    #expect(resumed <= timeline.longestGap + Bench.lateness)
    let fits = timeline.branches.contains { branch in
      let (seen, events) = (observation.events, branch.events.dropLast())
      return seen.count <= events.count
        && zip(events, seen).allSatisfy { $0.kind == $1.kind && Bench.admits($0.range, $1.time) }
    }
    #expect(fits, "\(timeline.scenario) \(observation)")
  }

  /// Expects an end as modelled, and no outage that the model says is outlived.
  static func expect(
    _ observation: Observation, endedWith errno: String?, after time: Duration,
    of timeline: Timeline
  ) {
    #expect(errno == timeline.errno)
    #expect(
      timeline.branches.contains { Bench.admits($0.range, time) },
      "\(timeline.scenario) after \(time), none of \(timeline.branches.map(\.range))")
    // A segment that leaves a tick and 5 ms early is as the model has it.
    let (outage, survives) = (observation.outage ?? .zero, timeline.survives ?? .zero)
    #expect(
      observation.outage == nil || outage + KernelClock.tick + .milliseconds(5) > survives,
      "\(timeline.scenario) does not survive \(outage) but \(survives): \(observation)")
  }
}

import Advisor
import InputFiles
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// Plans run with real sockets: what they promise is kept, skipped where namespaces are
/// forbidden.
///
/// One after the other: they share a measurement, and who waits for it should not hold a thread.
@Suite(.serialized) struct PlanTests {
  /// The longest that is measured; the budget leaves room for namespaces to be made.
  static let longest = Duration.milliseconds(7000)
  static let budget = Duration.milliseconds(8500)

  enum Part: CaseIterable { case rehearsals, builtIn, options, sysctls, maximum }

  private static func emissions(_ profiles: [Profile]) throws -> [PortablePlan] {
    let kernel = try #require(Bench.snapshot().kernel)
    return try profiles.map { try PortablePlan(for: [$0], kernels: [kernel]) }
  }

  private static let builtIn = Result {
    let names = BuiltInProfiles.names.filter { $0 != "base" }
    return try emissions(try names.map { try BuiltInProfiles.profile(named: $0).onLoopback })
  }

  private static func planned(_ part: Part) throws -> [PlannedExperiment] {
    let families = AddressFamily.allCases
    switch part {
    case .rehearsals:
      return try builtIn.get().enumerated().flatMap { number, portablePlan in
        portablePlan.rehearsals(over: [families[number % 2]])
      }
    case .builtIn:
      return try builtIn.get().flatMap { $0.promises(for: longest, over: families) }
    case .options: return try promises(of: WrittenProfiles.options)
    case .sysctls: return try promises(of: WrittenProfiles.sysctls)
    case .maximum: return OutageTests.hasRTOMax ? try promises(of: WrittenProfiles.maximum) : []
    }
  }

  /// None of their objectives may be left out, neither by the plan nor because it takes long.
  private static func promises(of profiles: [Profile]) throws -> [PlannedExperiment] {
    try emissions(profiles).flatMap { portablePlan in
      #expect(portablePlan.plan.contradictions.isEmpty, "\(portablePlan.name)")
      let promises = portablePlan.promises(for: longest, over: AddressFamily.allCases)
      let bounds = portablePlan.profiles.flatMap(\.groups).flatMap(\.objectives).flatMap(\.bounds)
      #expect(promises.count == 2 * bounds.count { $0.kind != .recover }, "\(portablePlan.name)")
      return promises
    }
  }

  /// All parts at once, so that they take as long as one.
  private static let measured = Result { () throws -> [Part: [(PlannedExperiment, Observation)]] in
    let parts = try Part.allCases.map { ($0, try planned($0)) }
    let all = parts.flatMap { $0.1.map(\.experiment) }
    var rest = try Laboratory.run(all, for: budget, executable: Bench.executable)
      .observations[...]
    var measured: [Part: [(PlannedExperiment, Observation)]] = [:]
    for (part, experiments) in parts {
      measured[part] = Array(zip(experiments, rest))
      rest = rest.dropFirst(experiments.count)
    }
    return measured
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `plan: a plan of a built-in profile with shorter times does what the model says`() throws {
    try check(.rehearsals, atLeast: 100)
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `plan: what a built-in profile promises for a few seconds is kept`() throws {
    try check(.builtIn, atLeast: 12)
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `plan: what options are planned for is kept`() throws {
    try check(.options, atLeast: 40)
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `plan: what sysctls are planned for is kept`() throws {
    try check(.sysctls, atLeast: 24)
  }

  @Test(
    .enabled("namespaces are refused here") { Bench.isAllowed },
    .enabled("this kernel has no RTO maximum") { OutageTests.hasRTOMax })
  func `plan: what an RTO maximum is planned for is kept`() throws {
    try check(.maximum, atLeast: 16)
  }

  private func check(_ part: Part, atLeast count: Int) throws {
    let measured = try #require(try Self.measured.get()[part])
    #expect(measured.count >= count)
    for (planned, observation) in measured { planned.check(observation) }
    // A late end of an outage excuses, but not most of the time.
    let promised = measured.filter { $0.0.survive != nil }
    let outlived = promised.count { planned, observation in
      if case .outlived = observation.outcome { true } else { false }
    }
    #expect(outlived * 4 >= promised.count * 3)
  }
}

extension PlannedExperiment {
  /// Expects what the model says of the case, and what the plan promises.
  fileprivate func check(_ observation: Observation) {
    let timeline = Bench.timeline(of: experiment, seenIn: observation)
    switch observation.outcome {
    case .ended(let errno, let time):
      OutageTests.expect(observation, endedWith: errno, after: time, of: timeline)
      if let within {
        #expect(time <= within + Bench.lateness, "\(name): ended after \(time)")
      }
      // That its outage was over late is the one excuse.
      if let survive {
        #expect(observation.outage != nil, "\(name): ended during the outage, after \(time)")
        #expect(timeline.survives ?? .zero >= survive, "\(name): is never outlived")
      }
    case .outlived(let resumed):
      OutageTests.expect(observation, resumed: resumed, inTimeOf: timeline)
      let isTooLong = timeline.range.map { experiment.outage ?? .zero > $0.latest } ?? false
      #expect(!isTooLong, "\(name): outlived \(experiment.outage ?? .zero)")
      let outlived = min(observation.outage ?? .zero, timeline.survives ?? .zero)
      let modelled = timeline.recovers(after: outlived)
      for limit in [modelled, recover].compactMap({ $0 }) {
        #expect(resumed <= limit + Bench.lateness, "\(name): resumed after \(resumed)")
      }
    case .running, .notRun:
      Issue.record("\(name) \(experiment.options.sorted): \(observation.outcome)")
    }
  }
}

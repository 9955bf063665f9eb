import Advisor
import TCPModel
import Testing

@testable import InputFiles

/// A plan that somebody has carried out and written down is no finding any more.
struct AppliedPlanTests {
  @Test(arguments: BuiltInProfiles.names.filter { $0 != "base" })
  func `plan: once applied and written down it is met`(name: String) throws {
    var profile = try BuiltInProfiles.profile(named: name)
    let host = try Host(.defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250)))
    let advice = Advice(
      for: [profile], on: host, baselines: try KernelRules.longTerm.map { try Host(defaultsOf: $0) }
    )
    for index in profile.groups.indices {
      profile.groups[index].apply(advice.plan)
    }
    let sysctls = Dictionary(advice.plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    let applied = [profile].findings(on: host.applying(sysctls))
    for (promised, kept) in zip(advice.plannedFindings, applied) {
      #expect(promised.id == kept.id)
      #expect(!promised.status.isMet || kept.status.isMet, "\(kept.id): \(kept)")
    }
    let again = Advice(
      for: [profile], on: host.applying(sysctls),
      baselines: try KernelRules.longTerm.map { try Host(defaultsOf: $0) })
    #expect(again.plan.isEmpty, "\(again.plan)")
  }
}

extension ConnectionGroup {
  /// Writes down what the program does since a plan was carried out.
  fileprivate mutating func apply(_ plan: Plan) {
    for change in plan.socketOptions where change.group == name && change.when != .beforeConnect {
      sets[change.option] = change.value
    }
    for change in plan.socketOptions
    where change.group == name && change.when == .beforeConnect && sets[change.option] == nil {
      sets[change.option] = change.value
    }
    for deadline in plan.deadlines where deadline.group == name {
      application.connectTimeout = deadline.time
    }
  }
}

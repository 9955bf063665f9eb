import Advisor
import TCPModel
import Testing

struct AdviceTests {
  @Test func `on a stock kernel the plan of server is the keepalive trio and nothing else`() throws {
    let clock = ContinuousClock(); let t = clock.now
    let advice = Advice(for: [.server], on: try .stock(), baselines: try Host.longTerm())
    print(clock.now - t)
    for c in advice.plan.sysctls { print(c.key, c.from, c.to) }
    print(advice.plan)
  }
  @Test func `db`() throws {
    let clock = ContinuousClock(); let t = clock.now
    let advice = Advice(for: [.databaseClient], on: try .stock(), baselines: try Host.longTerm())
    print(clock.now - t)
    for c in advice.plan.sysctls { print(c.key, c.from, c.to) }
    for c in advice.plan.socketOptions { print(c.option, c.value, c.when) }
    for c in advice.plan.deadlines { print(c.scenario, c.time) }
    for c in advice.plan.contradictions { print(c) }
    for f in advice.plannedFindings { print(f.id, f.verdict, f.span as Any, f.outlives as Any) }
  }
}

import TCPModel
import Testing

@testable import Advisor

/// The solver against all there is in a small grid: it finds something where there is something,
/// and nothing is smaller.
struct SmallSpaceTests {
  private func check(_ kernel: KernelVersion, _ levers: Set<Lever>, _ asked: Objective...) throws {
    let host = try Host.stock(kernel)
    var group = ConnectionGroup.sample(sets: SocketOptions([.keepalive: 1]), levers: levers)
    group.objectives = asked
    let plan = Advice(for: [.sample("small", group)], on: host, baselines: [host]).plan
    let fewest = SmallSpace(group, on: host).fewestLevers
    let names = asked.flatMap { $0.bounds.map { "\($0) \($1.time)" } }
    let what = "\(kernel) \(levers) \(names): \(plan)"
    if plan.contradictions.isEmpty {
      #expect(plan.levers <= fewest ?? .max, "\(what), but \(fewest ?? -1)")
    } else {
      #expect(fewest == nil, "\(what)")
    }
  }

  private static let kernels = [KernelVersion(5, 15), KernelVersion(6, 18)]

  private static let levers: [Set<Lever>] = [
    [.sysctl], [.deadline, .socket, .sysctl],
  ]

  /// Scenario, seconds within, seconds survived.
  @Test(
    arguments: [
      (Scenario.connect, 1, nil), (.connect, 3, nil), (.connect, 3, 1), (.connect, 10, 4),
      (.connect, 10, 8), (.connect, nil, 60), (.connect, nil, 200), (.connect, 40, 30),
      (.idle, 15, nil), (.idle, 60, nil), (.idle, 60, 20), (.idle, 60, 48), (.idle, 60, 58),
      (.idle, 900, 60), (.send, 1, nil), (.send, 30, 3), (.send, 30, 10), (.send, 30, 20),
      (.send, 60, 20), (.send, 60, 45), (.send, 300, 100), (.send, 1200, 400),
      (.zeroWindow, 30, nil), (.zeroWindow, nil, 300), (.close, 10, nil), (.close, 60, nil),
    ] as [(Scenario, Int?, Int?)], levers)
  func `small space: a single requirement`(_ asked: (Scenario, Int?, Int?), _ levers: Set<Lever>)
    throws
  {
    let (scenario, within, survive) = asked
    for kernel in Self.kernels {
      try check(
        kernel, levers,
        .sample(
          scenario, within: within.map { .seconds($0) }, survive: survive.map { .seconds($0) }))
    }
  }

  @Test(
    arguments: [
      (30, 3, 120, 10), (30, 10, 120, 20), (30, 10, 30, 3), (60, 20, 60, 20),
    ], levers)
  func `small space: data and silence`(_ asked: (Int, Int, Int, Int), _ levers: Set<Lever>) throws {
    let (send, sendSurvives, idle, idleSurvives) = asked
    try check(
      KernelVersion(6, 18), levers,
      .sample(.idle, within: .seconds(idle), survive: .seconds(idleSurvives)),
      .sample(.send, within: .seconds(send), survive: .seconds(sendSurvives)))
  }

  @Test(arguments: [(3, 1, 30), (10, 3, 30), (10, 8, 60), (40, 30, 300)], levers)
  func `small space: connecting and data`(_ asked: (Int, Int, Int), _ levers: Set<Lever>) throws {
    let (connect, survive, send) = asked
    try check(
      KernelVersion(6, 18), levers,
      .sample(.connect, within: .seconds(connect), survive: .seconds(survive)),
      .sample(.send, within: .seconds(send), survive: .seconds(3)))
  }

  @Test(
    arguments: [(30, 10, 20), (30, 10, 60), (60, 20, 100)], levers)
  func `small space: data and closed windows`(_ asked: (Int, Int, Int), _ levers: Set<Lever>) throws
  {
    let (send, survive, stall) = asked
    for kernel in Self.kernels {
      try check(
        kernel, levers,
        .sample(.send, within: .seconds(send), survive: .seconds(survive)),
        .sample(.zeroWindow, survive: .seconds(stall)))
    }
  }
}

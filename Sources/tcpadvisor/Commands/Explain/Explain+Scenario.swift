import Advisor
import Reports
import TCPModel

extension Explain {
  /// A scenario under each kernel and for each family that was named.
  func explain(_ scenario: Scenario) throws {
    try experiment.refuseWhatIsNot(of: [scenario])
    let snapshots = try source.snapshots(of: scenario.sysctls)
    let families = scenario.depends(on: .family) ? experiment.families : [experiment.families[0]]
    let explanations = try snapshots.flatMap { snapshot in
      try families.flatMap { family in
        try experiment.all(of: scenario, in: snapshot, family).map(ScenarioExplanation.init)
      }
    }
    guard let first = explanations.first else { return }
    try output.print(
      explanations.count > 1
        ? ScenarioComparison(explanations, scale: scale).document
        : ScenarioReport(first, scale: scale).document,
      title: scenario.rawValue, json: answer(explanations))
  }

  private func answer(_ explanations: [ScenarioExplanation]) -> JSON {
    let first = explanations.first
    let part: JSON =
      explanations.count > 1
      ? [
        "timelines": .array(
          explanations.map { $0.json.merging(["host": $0.experiment.snapshot.json]) })
      ] : first?.json ?? .null
    return .answer("explain", about: first?.experiment.snapshot, part)
  }
}

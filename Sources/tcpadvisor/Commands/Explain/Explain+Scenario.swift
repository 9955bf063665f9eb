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
    if output.json {
      Console.print(answer(explanations).text)
    } else if explanations.count > 1 {
      output.print(ScenarioComparison(explanations, scale: scale).document)
    } else if let explanation = explanations.first {
      output.print(ScenarioReport(explanation, scale: scale).document)
    }
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

package import Advisor
import SysctlFiles
import TCPModel

extension Advice {
  /// The part of the answer that is `advise`'s own.
  package func json(_ comparisons: [Comparison], _ surroundings: DeploymentContext) -> JSON {
    [
      "profiles": .array(profiles.map { .string($0.name) }),
      "scenarios": .array(forecasts.map(\.json)),
      "findings": .array(findings.map { $0.json }),
      "planned_findings": .array(plannedFindings.map { $0.json }),
      "measurements": .array(comparisons.map(\.json)),
      "plan": plan.json,
      "surroundings": surroundings.json,
    ]
  }
}

extension DeploymentContext {
  package var json: JSON {
    [
      "overrides": .array(
        overrides.map {
          [
            "file": .string($0.file), "line": $0.line.map { .integer($0) } ?? .null,
            "key": .string($0.key.rawValue), "value": .text($0.value), "owner": .text($0.owner),
          ]
        }),
      "loader_masked_by": .text(loaderMask),
      "unread_files": .object(unreadFiles.mapValues(JSON.string)),
      "processes_in_other_namespaces": .integer(processesElsewhere),
      "other_namespaces": .integer(namespacesElsewhere),
      "processes_unseen": .integer(processesUnseen),
    ]
  }
}

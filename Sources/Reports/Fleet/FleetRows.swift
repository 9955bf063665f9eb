package import Advisor
import TCPModel

/// A line for each host, as JSON.
package struct FleetJSONLines: FleetReporter {
  package static let name = "jsonl"

  package init(_ layout: TextLayout) {}

  package mutating func add(_ row: FleetTally.Row, to sink: (String) -> Void) {
    sink(row.json.line + "\n")
  }

  package mutating func add(unreadable source: String, _ reason: String, to sink: (String) -> Void)
  {
    let line: JSON = [
      "type": "unreadable", "source": .string(source), "reason": .string(reason),
    ]
    sink(line.line + "\n")
  }
}

/// A line for each host, with commas.
package struct FleetCSV: FleetReporter {
  package static let name = "csv"
  private var hasHead = false

  package init(_ layout: TextLayout) {}

  package mutating func add(_ row: FleetTally.Row, to sink: (String) -> Void) {
    line(
      [
        row.name, row.source, row.release ?? "", row.profiles.joinedName,
        row.groups.joined(separator: " "), row.verdict.status.rawValue,
        row.missed.joined(separator: " "), row.verdict.unknown.joined(separator: " "),
        row.verdict.obstacle ?? "",
      ], to: sink)
  }

  package mutating func add(unreadable source: String, _ reason: String, to sink: (String) -> Void)
  {
    line(["", source, "", "", "", "unreadable", "", "", reason], to: sink)
  }

  private mutating func line(_ cells: [String], to sink: (String) -> Void) {
    if !hasHead {
      sink(
        CSV.line([
          "host", "source", "kernel", "profile", "groups", "status", "missed", "unknown", "reason",
        ]))
    }
    hasHead = true
    sink(CSV.line(cells))
  }
}

extension FleetTally.Row {
  fileprivate var json: JSON {
    [
      "type": "host", "host": .string(name), "source": .string(source), "kernel": .text(release),
      "profile": .string(profiles.joinedName), "groups": .array(groups.map(JSON.string)),
      "status": .string(verdict.status.rawValue), "missed": .array(missed.map(JSON.string)),
      "unknown": .array(verdict.unknown.map(JSON.string)), "reason": .text(verdict.obstacle),
      "assumed": .array(assumed.map { .string($0.rawValue) }),
    ]
  }
}

/// JUnit XML: a case for each host.
package struct FleetJUnit: FleetReporter {
  package static let name = "junit"
  private var cases: [JUnitCase] = []

  package init(_ layout: TextLayout) {}

  package mutating func add(_ row: FleetTally.Row, to sink: (String) -> Void) {
    let result: JUnitCase.Result =
      switch row.verdict.status {
      case .met: .passed
      case .missed:
        .failed("missed", row.missed.joined(separator: ", "), row.reasons.joined(separator: "\n"))
      case .unknown:
        .skipped(row.verdict.obstacle ?? row.verdict.unknown.joined(separator: ", "))
      }
    cases.append(JUnitCase(row.name, of: row.profiles.joinedName, result))
  }

  package mutating func add(unreadable source: String, _ reason: String, to sink: (String) -> Void)
  {
    cases.append(JUnitCase(source, of: "unreadable", .error(reason)))
  }

  package func end(
    _ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void
  ) {
    sink(
      JUnitSuite.document(of: [
        JUnitSuite(name: "fleet", command: "fleet", cases: cases).text(index: 0)
      ]))
  }
}

extension FleetTally.Row {
  fileprivate var reasons: [String] {
    verdict.findings.filter(\.finding.isMissed).map { "\($0.id): \($0.finding.reason)" }.distinct
  }
}

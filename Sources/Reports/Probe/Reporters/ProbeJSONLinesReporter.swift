package import Observations
import TCPModel

/// An object on a line for each row as it comes, then for each name, then for everything.
package struct ProbeJSONLinesReporter: ProbeReporter {
  package static let name = "jsonl"
  package static let isStreaming = true
  package static let tellsNames = true

  private let kernel: KernelVersion?

  package init(_ context: ProbeReportContext) { kernel = context.host.kernel }

  package mutating func add(_ row: ProbedAddress) -> String { Self.line(row.json, "result") }

  package func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    for turn in summary.turns { write(Self.line(turn.json, "name")) }
    let model: JSON = ["modelled_on": kernel?.json ?? .null]
    write(Self.line(summary.json.merging(model), "summary"))
    return nil
  }

  private static func line(_ value: JSON, _ type: String) -> String {
    value.merging(["type": .string(type)]).line + "\n"
  }
}

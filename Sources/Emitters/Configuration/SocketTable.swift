package import Advisor
import TCPModel

/// The program part as a table: what to set on which connections, and when.
package struct SocketTable: Sendable {
  package init() {}

  package func text(for emission: Emission) -> String {
    let plan = emission.plan
    let rows =
      plan.deadlines.map { deadline in
        [
          deadline.connections, "in the program", "\(deadline.scenario.rawValue) deadline",
          deadline.time.text + (deadline.addresses > 1 ? " for each address" : ""),
        ]
      }
      + plan.socketOptions.map { change in
        [
          change.connections, change.when.text, change.option.name,
          change.valueText,
        ]
      }
    var text = "# \(emission.name): what programs set, by \(Tool.name) \(Tool.version)\n"
    if rows.isEmpty {
      text += "# The profile asks nothing of programs.\n"
    } else {
      text += Self.table(rows)
    }
    for contradiction in plan.contradictions {
      text += CommentLines.fold("Not met: \(contradiction.text)")
    }
    for change in plan.sideEffects { text += CommentLines.fold("Side effect: \(change.text)") }
    return text
  }

  private static func table(_ rows: [[String]]) -> String {
    let all = [["CONNECTIONS", "WHEN", "SETTING", "VALUE"]] + rows
    let widths = (0..<4).map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

extension Plan.OptionChange {
  /// The value with its unit.
  var valueText: String { "\(value)\(option.unit == .flag ? "" : option.unit.suffix)" }
}

extension Plan.Moment {
  /// In words.
  var text: String {
    switch self {
    case .beforeConnect: "before connect"
    case .afterConnect: "after connect"
    case .listen: "on the listener"
    }
  }
}

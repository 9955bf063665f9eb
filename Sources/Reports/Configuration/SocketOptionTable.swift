package import Advisor
import TCPModel

/// The program part as a table: what to set on which connections, and when.
package struct SocketOptionTable: Sendable {
  package init() {}

  package func text(for portablePlan: PortablePlan) -> String {
    let plan = portablePlan.plan
    let rows =
      plan.deadlines.map { deadline in
        [
          deadline.group, "in the program", "\(deadline.scenario.rawValue) deadline",
          deadline.time.text + (deadline.addresses > 1 ? " for each address" : ""),
        ]
      }
      + portablePlan.profiles.flatMap(\.groups).flatMap { group in
        portablePlan.options(of: group).map { entry in
          let when = entry.isToday ? "\(entry.when.text), as today" : entry.when.text
          return [group.name, when, entry.option.name, entry.text]
        }
      }
    var text = "# \(portablePlan.name): what programs set, by \(Tool.name) \(Tool.version)\n"
    if rows.isEmpty {
      text += "# The profile asks nothing of programs.\n"
    } else {
      text += Self.table(rows)
    }
    for contradiction in plan.contradictions {
      text += CommentWrapper.fold("Not met: \(contradiction.textWithoutPlaces)")
    }
    let isSingle = Set(plan.sideEffects.map(\.group)).count < 2
    for change in plan.sideEffects {
      let name = isSingle ? "" : "\(change.group): "
      text += CommentWrapper.fold("Side effect: \(name)\(change.text)")
    }
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

extension PortablePlan.SetOption {
  /// The value with its unit.
  fileprivate var text: String { option.text(of: value) }
}

extension SocketOption {
  /// A value with its unit.
  func text(of value: Int) -> String { "\(value)\(unit == .flag ? "" : unit.suffix)" }
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

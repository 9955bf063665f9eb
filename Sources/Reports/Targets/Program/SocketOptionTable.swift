import Advisor
import TCPModel

/// The program part as a table: what to set on which connections, and when.
struct SocketOptionTable: PlanEmitter {
  let name = "sockets"
  let summary = "What programs set, as a table."
  let part = PlanPart.program
  let group = PlanEmitterGroup.programs

  func fileNames(for plan: String) -> [String] { ["\(plan)-sockets.txt"] }

  func emission(of plan: PortablePlan) -> Emission {
    Emission(fileNames(for: plan.name).map { EmittedFile($0, text(for: plan)) })
  }

  private func text(for portablePlan: PortablePlan) -> String {
    let plan = portablePlan.plan
    let rows = portablePlan.annotatedOptions.map {
      [$0.group, $0.phaseText, $0.name, $0.valueText].map(\.printableLine)
    }
    var text = "# \(portablePlan.name): what programs set, by \(Tool.name) \(Tool.version)\n"
    text += portablePlan.kernels.compactMap(\.standInNote).map { CommentWrapper.fold($0) }.joined()
    if rows.isEmpty {
      text += "# The profile asks nothing of programs.\n"
    } else {
      text += Self.table(rows)
    }
    for contradiction in plan.contradictions {
      text += CommentWrapper.fold("Not met: \(contradiction.textWithoutPlaces)")
    }
    text += plan.unsearchedTexts.map { CommentWrapper.fold($0) }.joined()
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

extension AnnotatedOption {
  fileprivate var phaseText: String {
    guard let when else { return "in the program" }
    return isToday ? "\(when.text), as today" : when.text
  }
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

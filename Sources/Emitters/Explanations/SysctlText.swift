package import Advisor
import TCPModel

/// All about a sysctl, for people.
package struct SysctlText: Sendable {
  private let explanation: SysctlExplanation
  private let style: Style

  package init(_ explanation: SysctlExplanation, style: Style) {
    (self.explanation, self.style) = (explanation, style)
  }

  private var sysctl: Sysctl { explanation.sysctl }

  package var text: String {
    let head = ExplanationText.head(
      "\(explanation.key)", sysctl.meaning, of: explanation.snapshot, style)
    return ExplanationText.joined([
      head + "\n" + style.table(rows),
      ExplanationText.outcomes(explanation.outcomes, style),
      ExplanationText.traps(explanation.traps, style),
      ExplanationText.preference(explanation.preference, style),
    ])
  }

  private var rows: [[String]] {
    var rows = [["value here", here], ["default", usual]]
    if let range { rows.append(["range", range]) }
    if let since = sysctl.since { rows.append(["since", "Linux \(since)"]) }
    rows.append(["scope", scope])
    rows.append(["new namespace", newNamespace])
    if !explanation.outcomes.isEmpty { rows.append(["takes effect", takesEffect]) }
    return rows
  }

  private var takesEffect: String {
    (explanation.key.sharedByDevices ?? explanation.key).takesEffect
  }

  private var here: String {
    switch explanation.reading {
    case .value, .text:
      let printed = explanation.reading.text
      let value = printed.isEmpty ? "empty" : printed + sysctl.unit.suffix
      return printed == explanation.usual ? "\(value), the default" : value
    case .absent: return "absent\(whyAbsent)"
    case .denied(let errno): return "could not be read: \(errno)"
    case .malformed(let text): return "malformed: \(text)"
    }
  }

  private var whyAbsent: String {
    if let since = sysctl.since, let kernel = explanation.snapshot.kernel, kernel < since {
      return ": Linux \(kernel) does not have it"
    }
    return explanation.snapshot.namespace == nil ? ": not in what was captured" : ""
  }

  private var usual: String {
    let defaults = sysctl.defaults
    guard let last = defaults.last else { return "computed from the machine" }
    let value = last.value.isEmpty ? "empty" : last.value + sysctl.unit.suffix
    guard defaults.count > 1, let since = last.since else { return value }
    return "\(value) since Linux \(since), before \(defaults[0].value)\(sysctl.unit.suffix)"
  }

  private var range: String? {
    if sysctl.isKeptInJiffies, explanation.range == nil {
      return "what fits into 32 bits of timer ticks"
    }
    guard let range = explanation.range else { return nil }
    let text = "\(range.lowerBound) to \(range.upperBound)\(sysctl.unit.suffix)"
    let isUnchecked =
      range == 0...255 && explanation.snapshot.kernel.map { $0 < KernelVersion(5, 15) } == true
    return isUnchecked ? "\(text); releases before 5.15 may take more" : text
  }

  private var scope: String {
    switch sysctl.scope {
    case .host: return "one for the whole machine"
    case .namespace, .copied:
      let whose = explanation.key.rawValue.split(separator: ".").contains("neigh") ? ", for each device" : ""
      let when =
        switch sysctl.namespacing {
        case .since(let release): " since Linux \(release), before one for the machine"
        case .by(let release): " from Linux \(release) at the latest; in 3.10 one for the machine"
        case nil: ""
        }
      return "one per network namespace\(whose)\(when)"
    }
  }

  private var newNamespace: String {
    switch sysctl.scope {
    case .namespace: "begins with the default, not with the host's value"
    case .copied: "copies the value of the first namespace"
    case .host: "sees the same, or nothing"
    }
  }
}

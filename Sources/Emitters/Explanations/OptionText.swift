package import Advisor
import TCPModel

/// All about a socket option, for people.
package struct OptionText: Sendable {
  private let explanation: OptionExplanation
  private let style: Style

  package init(_ explanation: OptionExplanation, style: Style) {
    (self.explanation, self.style) = (explanation, style)
  }

  private var facts: OptionFacts { explanation.facts }

  package var text: String {
    let head = ExplanationText.head(facts.name, facts.meaning, of: explanation.snapshot, style)
    return ExplanationText.joined([
      head + "\n" + style.table(rows),
      ExplanationText.outcomes(explanation.outcomes, style),
      ExplanationText.traps(explanation.traps, style),
      ExplanationText.preference(explanation.preference, style),
    ])
  }

  private var rows: [[String]] {
    var rows = [["level", "\(facts.level.rawValue), number \(facts.number)"]]
    if let range { rows.append(["range", range]) }
    rows.append(["outside", facts.outside])
    rows.append(["unset", unset])
    rows.append(["accepted", facts.isInherited ? "have the listener's" : "do not have it"])
    if let since = facts.since {
      let kernel = explanation.snapshot.kernel.map { "; Linux \($0) has no such option" } ?? ""
      rows.append(["since", "Linux \(since)\(explanation.exists ? "" : kernel)"])
    }
    if let remark = facts.remark { rows.append(["but", remark]) }
    return rows
  }

  private var range: String? {
    guard let range = facts.range else { return nil }
    if range.lowerBound == Int(Int32.min) { return "any number" }
    return "\(range.lowerBound) to \(range.upperBound)\(facts.unit.suffix)"
  }

  private var unset: String {
    switch facts.unset {
    case .number(let number): return "reads \(number)"
    case .zeros: return "reads zeros: off"
    case .sysctl(let key):
      let here = explanation.unsetReads.map { ", here \($0)" } ?? ""
      return "reads \(key)\(here)"
    }
  }
}

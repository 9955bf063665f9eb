package import Advisor
import TCPModel

extension OptionExplanation {
  /// All about the option.
  package var document: Document {
    Document(
      setting: facts.name, facts.meaning, rows, in: snapshot, scenarios: scenarios,
      pitfalls: pitfalls,
      preference: preference)
  }

  private var rows: [[String]] {
    var rows = [["level", "\(facts.level.rawValue), number \(facts.number)"]]
    if let range { rows.append(["range", range]) }
    rows.append(["outside", facts.outside])
    rows.append(["unset", unset])
    rows.append(["inherited by accept()", facts.isInherited ? "yes" : "no"])
    if let since = facts.since {
      let kernel = snapshot.kernel.map { "; Linux \($0) has no such option" } ?? ""
      rows.append(["since", "Linux \(since)\(exists ? "" : kernel)"])
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
      let here = unsetReads.map { ", here \($0)" } ?? ""
      return "reads \(key)\(here)"
    }
  }
}

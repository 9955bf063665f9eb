package import Advisor
import Observations

extension FactComparison {
  package var json: JSON {
    let (same, reason): (JSON, JSON) =
      switch status {
      case .same: (true, .null)
      case .different: (false, .null)
      case .unknown(let reason), .notRun(let reason): (.null, .string(reason))
      }
    return [
      "id": .string(fact.id), "expected": .text(fact.expected), "seen": .text(seen), "same": same,
      "reason": reason,
    ]
  }
}

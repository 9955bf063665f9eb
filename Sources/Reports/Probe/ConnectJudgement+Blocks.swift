import Advisor

extension ConnectJudgement {
  /// What is missed first, in the order of the targets; what helps several is said once.
  var blocks: [Document.Block] {
    let rows = (findings.filter(\.isMissed) + findings.filter { !$0.isMissed }).compactMap(
      \.attempt)
    var said: Set<[String]> = []
    let entries = rows.map { row in
      let isKnown = row.finding.isMissed && !said.insert(row.help).inserted
      return row.entry(isKnown: isKnown)
    }
    let left = count - rows.count
    let omission = left > 0 ? ["… and \(left) more; --json lists all" as RichText] : []
    return [
      .statuses(entries), .notes(omission + notJudged.map { "Not judged: \($0.text)." }),
    ]
  }
}

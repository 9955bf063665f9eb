import Advisor

extension ConnectJudgement {
  /// What is missed first, in the order of the targets; what helps several is said once.
  var blocks: [Document.Block] {
    let rows = verdicts.filter(\.isMissed) + verdicts.filter { !$0.isMissed }
    var said: Set<[String]> = []
    let entries = rows.map { verdict in
      let isKnown = verdict.isMissed && !said.insert(verdict.help).inserted
      return verdict.entry(isKnown: isKnown)
    }
    let left = count - rows.count
    let omission = left > 0 ? ["… and \(left) more; --json lists all" as RichText] : []
    return [
      .statuses(entries), .notes(omission + notJudged.map { "Not judged: \($0.text)." }),
    ]
  }
}

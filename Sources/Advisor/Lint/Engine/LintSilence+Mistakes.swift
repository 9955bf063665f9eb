import TCPModel

extension LintSilence {
  /// What is wrong with the silence itself.
  /// - Parameter isUsed: whether it is about something that was found.
  func mistakes(isUsed: Bool, in file: LintFile) -> [LintFinding] {
    var findings = ids.filter { LintRule[id: $0] == nil }.map { id in
      LintFinding(
        of: .silenceOfUnknownRule, LintHit("no rule is called \(id.prefix(40))", at: place),
        in: file)
    }
    if ids.isEmpty {
      findings.append(
        LintFinding(of: .silenceOfUnknownRule, LintHit("no rule is named", at: place), in: file))
    }
    let known = ids.compactMap { LintRule[id: $0]?.id }
    guard !known.isEmpty else { return findings }
    let names = known.joined(separator: ", ")
    if reason.isEmpty {
      findings.append(
        LintFinding(
          of: .silenceWithoutReason, LintHit("\(names): the reason is missing", at: place), in: file
        ))
    } else if !isUsed {
      findings.append(
        LintFinding(
          of: .silenceOfNothing, LintHit("\(names): nothing of the kind is found here", at: place),
          in: file))
    }
    return findings
  }
}

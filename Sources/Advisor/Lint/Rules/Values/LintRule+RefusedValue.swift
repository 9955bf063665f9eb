import TCPModel

extension LintRule {
  /// A value that the kernel does not take for what the key holds.
  static let refusedValue = LintRule(
    "TA014", "refused-value", .error,
    why: "The kernel refuses it (EINVAL, or ENOENT for a name): the key keeps what it has.",
    source: "proc_get_long in kernel/sysctl.c; tried on Linux 6.18",
    remedy: "Write plain numbers with blanks between them, without units, or one name.",
    .assignments { assignment, _ in
      guard !assignment.isQuoted, let reason = assignment.refusal else { return nil }
      return LintHit("\(assignment.text): \(reason)")
    }
  )
}

extension LintAssignment {
  /// Why the kernel refuses the value, whichever number it is.
  fileprivate var refusal: String? {
    if isName {
      if words.isEmpty { return "a name is missing" }
      return words.count > 1
        ? "one name is needed, and the kernel looks for “\(value.prefix(40))”" : nil
    }
    guard expectedNumbers != nil else { return nil }
    guard let wrong = refusedWord else {
      return words.isEmpty ? "a number is missing" : nil
    }
    return "the kernel refuses “\(wrong.prefix(40))”\(hint(about: wrong))"
  }

  private func hint(about word: Substring) -> String {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let rest = word.dropFirst(digits.count)
    guard !digits.isEmpty, let next = rest.first else { return "" }
    if next == "," { return ": blanks stand between numbers" }
    if next == "-" { return ": a blank stands between the ends of a range" }
    if next.isLetter { return ": no unit is read\(unit)" }
    return ""
  }

  /// In what the key counts.
  private var unit: String {
    switch sysctl?.unit {
    case .seconds: ", it counts seconds"
    case .milliseconds: ", it counts milliseconds"
    case .microseconds: ", it counts microseconds"
    case .bytes: ", it counts bytes"
    default: ""
    }
  }
}

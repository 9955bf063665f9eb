import NetAddress

extension LintRule {
  /// A setting where the program ignores it without a word.
  static let settingIgnored = LintRule(
    "TA089", "setting-ignored", .error,
    why: "The program accepts the line, says nothing, and does not do it.",
    source: "read back from live sockets; each program's catalogue entry names the release",
    remedy: "Write it where it counts, with the address as numbers if it stands beside one.",
    .settings { setting, _, _ in
      let (knob, words) = (setting.knob, setting.statement.words)
      if let directive = words.first?.text, knob.ignoredIn.contains(directive) {
        return LintHit("\(setting.text): ignored in \(directive)")
      }
      guard let place = knob.addressWord, words.indices.contains(place - 1) else { return nil }
      let address = words[place - 1].text
      return address.isHostName
        ? LintHit("\(setting.text): ignored where the address is a name such as \(address)") : nil
    }
  )
}

extension String {
  /// Whether it names a host, with a port or without; false where a variable may hold numbers, and
  /// for paths and what stands for any address.
  fileprivate var isHostName: Bool {
    let text = split(separator: "@", maxSplits: 1).last ?? ""
    guard let first = text.first, first != "/", first != "*", first != ":", first != "[",
      !contains("$"), !LintAssignment.isTemplate(self), !hasPrefix("unix@"), !hasPrefix("abns@"),
      !hasPrefix("fd@")
    else { return false }
    // An IPv6 address may have a port behind its last colon.
    let host = text.lastIndex(of: ":").map { text[..<$0] } ?? text
    return IPAddress(text) == nil && IPAddress(host) == nil
  }
}

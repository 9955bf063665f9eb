import SysctlFiles

extension LintAssignment {
  /// Returns whether a text is the name of a sysctl, by its beginning: `net.`, `vm.`, `kernel.` …
  package static func isName(_ text: some StringProtocol) -> Bool { CapturedLine.isKey(text) }

  /// Returns whether a value is filled in later: by Jinja, a shell, or another template.
  package static func isTemplate(_ value: some StringProtocol) -> Bool {
    // Bytes first: hardly any value is one.
    guard
      value.utf8.contains(where: {
        $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "(")
      })
    else {
      return false
    }
    return ["{{", "{%", "<%", "${", "$(", "%{"].contains { value.contains($0) }
  }
}

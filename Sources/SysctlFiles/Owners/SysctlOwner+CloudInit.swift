extension SysctlOwner {
  /// cloud-init writes files and runs commands once for each instance, not at every boot.
  static let cloudInit = SysctlOwner("cloud-init") { reader in
    let path = "/var/lib/cloud/instance/cloud-config.txt"
    guard let text = reader.text(path) else {
      return reader.unread.isEmpty
        ? nil : OwnerAct(because: "its user data cannot be read", isAtBoot: false)
    }
    let shown = reader.files.shown(path)
    let settings = SysctlFile(parsing: text).lines.flatMap { line in
      line.assignments.map { OwnedSetting($0.name, $0.value, in: shown, line: line.number) }
    }
    guard !settings.isEmpty else { return nil }
    return OwnerAct(
      because: "the user data of this instance name it", settings: settings, isAtBoot: false,
      remedy: "a new instance is set up with what the user data say")
  }
}

extension SysctlLine {
  private static let roots = ["net", "kernel", "vm", "fs", "user"]

  /// What looks like assignments of sysctls, as a sysctl file or a command has them.
  fileprivate var assignments: [(name: String, value: String)] {
    guard !bytes.trimmed.starts(with: "#".utf8) else { return [] }
    let pieces = text.split(separator: "=", omittingEmptySubsequences: false)
    return zip(pieces, pieces.dropFirst().enumerated()).compactMap { left, next in
      // The name of the one after it stands behind the value.
      let isLast = next.offset == pieces.count - 2
      let right = isLast ? next.element : next.element.withoutLastWord
      let name = left.split { !Self.isNamePart($0) }.last.map(String.init) ?? ""
      let value = right.prefix { $0.isNumber || " \t".contains($0) || ($0.isLetter && $0.isASCII) }
        .split(whereSeparator: \.isWhitespace)
      let root = name.split { "./".contains($0) }.first
      guard left.trimmedEnd.hasSuffix(name), name.contains(where: { "./".contains($0) }),
        Self.roots.contains(root.map(String.init) ?? ""), !value.isEmpty
      else { return nil }
      return (name, value.joined(separator: " "))
    }
  }

  private static func isNamePart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "._/-*".contains(character))
  }
}

extension Substring {
  /// Without the last word.
  fileprivate var withoutLastWord: Substring {
    lastIndex(where: \.isWhitespace).map { self[..<$0] } ?? self
  }

  /// Without the blanks at the end.
  fileprivate var trimmedEnd: Substring {
    lastIndex { !$0.isWhitespace }.map { self[...$0] } ?? ""
  }
}

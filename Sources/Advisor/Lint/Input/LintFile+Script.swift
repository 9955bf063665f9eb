import SysctlFiles
import TCPModel

extension LintFile {
  /// Reads commands of a shell, as scripts and Dockerfiles have them: `sysctl -w key=value`,
  /// `docker run --sysctl key=value` and `echo value > /proc/sys/…`.
  package init(script bytes: [UInt8], path: String) {
    let assignments = SysctlFile(parsing: bytes).lines.flatMap { line -> [LintAssignment] in
      guard line.content != .comment, line.bytes.contains(sysctl: ()) else { return [] }
      return Self.commands(in: line.text, line: line.number)
    }
    self.init(other: bytes, path: path, assignments)
  }

  private static func commands(in text: String, line: Int) -> [LintAssignment] {
    let words = words(of: text)
    var assignments: [LintAssignment] = []
    var target: LintAssignment.Target?
    for (index, word) in words.enumerated() {
      switch word {
      case _ where word == "sysctl" || word.hasSuffix("/sysctl"): target = .host
      case "--sysctl": target = .container
      case "&&", "||", ";", "|": target = nil
      case ">" where index >= 2:
        assignments += written(
          words[index - 1], to: words.dropFirst(index + 1).first, in: text, line)
      case _ where word.hasPrefix("#"): return assignments
      case _ where word.hasPrefix("--sysctl="):
        assignments += assignment(
          word.dropFirst("--sysctl=".count), for: .container, in: text, line)
      default:
        guard let owner = target else { continue }
        assignments += assignment(word, for: owner, in: text, line)
        if owner == .container { target = nil }
      }
    }
    return assignments
  }

  /// The words between blanks, those in quotation marks whole and without them.
  private static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      if first == " " || first == "\t" {
        rest = rest.dropFirst()
      } else if first == "\"" || first == "'" {
        let word = rest.dropFirst().prefix { $0 != first }
        words.append(word)
        rest = rest[word.endIndex...].dropFirst()
      } else {
        let word = rest.prefix { $0 != " " && $0 != "\t" }
        rest = rest[word.endIndex...]
        let isLast = word.last == ";" && word.count > 1
        words += isLast ? [word.dropLast(), ";"] : [word]
      }
    }
    return words
  }

  private static func assignment(
    _ word: Substring, for target: LintAssignment.Target, in text: String, _ line: Int
  ) -> [LintAssignment] {
    guard let sign = word.firstIndex(of: "="), LintAssignment.isName(word[..<sign]) else {
      return []
    }
    var value = word[word.index(after: sign)...]
    // A quotation mark that begins behind the sign holds more words.
    if let mark = value.first, mark == "\"" || mark == "'" {
      value = text[value.startIndex...].dropFirst().prefix { $0 != mark }
    }
    guard !value.contains("$"), !LintAssignment.isTemplate(value) else { return [] }
    return [
      LintAssignment(
        String(word[..<sign]), String(value), at: place(of: word[..<sign], in: text, line),
        for: target)
    ]
  }

  private static func written(
    _ value: Substring, to path: Substring?, in text: String, _ line: Int
  ) -> [LintAssignment] {
    let root = "/proc/sys/"
    guard let path, path.hasPrefix(root), !value.contains("$"), !path.contains("$"),
      LintAssignment.isName(path.dropFirst(root.count))
    else { return [] }
    return [
      LintAssignment(
        String(path.dropFirst(root.count)), String(value), at: place(of: path, in: text, line))
    ]
  }

  private static func place(of word: Substring, in text: String, _ line: Int) -> LintPlace {
    let column = text[..<word.startIndex].unicodeScalars.count + 1
    return LintPlace(line: line, column: column, endColumn: column + word.unicodeScalars.count)
  }
}

extension ArraySlice<UInt8> {
  /// Whether it may speak of sysctls: bytes first, because most lines do not.
  fileprivate func contains(sysctl: Void) -> Bool {
    let (command, path) = (Array("sysctl".utf8), Array("/proc/sys/".utf8))
    return indices.contains { index in
      (self[index] == command[0] && self[index...].starts(with: command))
        || (self[index] == path[0] && self[index...].starts(with: path))
    }
  }
}

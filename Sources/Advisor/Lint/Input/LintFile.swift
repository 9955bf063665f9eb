package import SysctlFiles
import TCPModel

/// A file to be linted: its lines, and the assignments in them.
package struct LintFile: Sendable {
  package enum Kind: Sendable {
    /// One that loaders of sysctls read.
    case sysctl
    /// A file of another program, with sysctls in it.
    case other
    /// A file of a known program, with settings that decide what is set on its sockets.
    case program
  }

  /// As it was named, or found below what was named.
  package let path: String
  package let kind: Kind
  package let text: SysctlFile
  package let assignments: [LintAssignment]
  package let silences: [LintSilence]
  package let template: LintTemplate
  /// What a file of a known program holds; nil for all others.
  package let program: LintProgram?
  /// Whether loaders read it as it is.
  private let isRead: Bool
  /// The assignments that a later one of the same key follows, each with the next, by their places.
  let repetitions: [(Int, Int)]

  /// Reads a sysctl file.
  ///
  /// - Parameter isRead: whether loaders read it as it is; elsewhere it may be a template.
  package init(sysctls bytes: [UInt8], path: String, isRead: Bool = false) {
    self.init(sysctls: SysctlFile(parsing: bytes), path: path, isRead: isRead)
  }

  package init(sysctls text: SysctlFile, path: String, isRead: Bool = false) {
    let templated = isRead ? [] : TemplateText.lines(of: text)
    var (assignments, keys): ([LintAssignment], Set<SysctlKey>) = ([], [])
    for line in text.lines {
      guard case .statement(let statement) = line.content, let value = statement.value else {
        continue
      }
      if templated.contains(line.number) {
        if let key = statement.pattern.key { keys.insert(key) }
        continue
      }
      let place = LintPlace(
        line: line.number, column: line.column(of: statement.name.range.lowerBound),
        endColumn: line.column(of: statement.name.range.upperBound))
      assignments.append(
        LintAssignment(statement.name.text, value.text, at: place, statement: statement))
    }
    self.init(
      path: path, kind: .sysctl, text: text, assignments,
      template: LintTemplate(lines: templated, keys: keys), isRead: isRead)
  }

  /// - Parameter assignments: what was found in a file of another format.
  package init(
    other bytes: [UInt8], path: String, _ assignments: [LintAssignment],
    template: LintTemplate = LintTemplate()
  ) {
    self.init(
      path: path, kind: .other, text: SysctlFile(parsing: bytes), assignments, template: template,
      isRead: false)
  }

  private init(
    path: String, kind: Kind, text: SysctlFile, _ assignments: [LintAssignment],
    template: LintTemplate, isRead: Bool
  ) {
    (self.path, self.kind, self.text, self.isRead) = (path, kind, text, isRead)
    (self.assignments, self.template, program) = (assignments, template, nil)
    silences = LintSilence.all(in: text)
    // Of branches of a template just one is there in the end.
    repetitions = template.isEmpty ? Self.repetitions(in: assignments) : []
  }

  init(path: String, text: SysctlFile, _ program: LintProgram) {
    (self.path, kind, self.text, isRead) = (path, .program, text, false)
    (assignments, template, repetitions) = ([], LintTemplate(), [])
    silences = LintSilence.all(in: text)
    self.program = program
  }

  /// Returns the same sysctl file with other bytes.
  package func holding(_ bytes: [UInt8]) -> LintFile {
    LintFile(sysctls: bytes, path: path, isRead: isRead)
  }

  /// Whether a file that was found, not named, is one of sysctls.
  package var isWorthLinting: Bool {
    let known = assignments.count { LintAssignment.isName($0.name) }
    if let program { return !program.settings.isEmpty }
    guard kind == .sysctl else { return known > 0 }
    if isDropIn, name.hasSuffix(".conf") { return true }
    let others = text.lines.count { line in
      if case .malformed = line.content { !template.changes(line.number) } else { false }
    }
    return known > 0 && known * 2 > assignments.count + others
  }

  /// Whether it may be a file of a program: none of its lines names a sysctl.
  package var mayBeOfProgram: Bool {
    !isDropIn && template.keys.isEmpty && !assignments.contains { LintAssignment.isName($0.name) }
  }

  /// The last part of the path.
  var name: Substring { path.split(separator: "/").last ?? "" }

  private var folder: Substring { Self.folder(of: path) }

  /// What a path leads through, without the last part.
  package static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }

  /// Whether it lies in a directory of sysctl files.
  package var isDropIn: Bool { Self.isDropIn(path) }

  /// Whether a path leads into a directory of sysctl files.
  package static func isDropIn(_ path: String) -> Bool {
    let folder = folder(of: path)
    return folder == "sysctl.d" || folder.hasSuffix("/sysctl.d")
  }

  /// Whether vendors, not administrators, put files into its directory.
  var isOfVendor: Bool { folder.hasSuffix("lib/sysctl.d") }

  /// Whether it is plainly one of another program: of the first lines that are to say something none
  /// speaks of a sysctl. A line or two may be slips.
  var isForeign: Bool {
    guard kind == .sysctl else { return false }
    let first = text.lines.lazy.filter { line in
      switch line.content {
      case .blank, .comment: false
      case .statement, .malformed: !template.changes(line.number)
      }
    }.prefix(Self.linesLookedAt)
    let isOfSections = first.first.map(\.isSection) ?? false
    guard isOfSections || !first.contains(where: \.speaksOfSysctls) else { return false }
    return first.count > 2 || hasControlBytes
  }

  private static let linesLookedAt = 20

  /// Whether it is no text, or one with bytes that belong into none.
  var hasControlBytes: Bool { text.hasControlBytes }

  func line(_ number: Int) -> SysctlLine? {
    text.lines.indices.contains(number - 1) ? text.lines[number - 1] : nil
  }
}

extension SysctlLine {
  /// Whether it begins a section, as in units of systemd.
  fileprivate var isSection: Bool {
    let text = text.trimmedBlanks
    return content == .malformed(.noAssignment) && text.hasPrefix("[") && text.hasSuffix("]")
  }

  /// Whether it names one, in whatever way.
  fileprivate var speaksOfSysctls: Bool {
    if case .statement(let statement) = content, LintAssignment.isName(statement.name.text) {
      return true
    }
    let words = text.split { " \t\"'=\u{feff}".contains($0) }
    return words.contains { LintAssignment.isName($0) || $0.hasSuffix("sysctl") }
  }
}

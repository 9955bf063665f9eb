package import SysctlFiles
import TCPModel

/// A file to be linted: its lines, and the assignments in them.
package struct LintFile: Sendable {
  package enum Kind: Sendable {
    /// One that loaders of sysctls read.
    case sysctl
    /// A file of another program, with sysctls in it.
    case other
  }

  /// As it was named, or found below what was named.
  package let path: String
  package let kind: Kind
  package let text: SysctlFile
  package let assignments: [LintAssignment]
  package let silences: [LintSilence]
  /// The assignments that a later one of the same key follows, each with the next, by their places.
  let repetitions: [(Int, Int)]

  /// Reads a sysctl file.
  package init(sysctls bytes: [UInt8], path: String) {
    self.init(sysctls: SysctlFile(parsing: bytes), path: path)
  }

  package init(sysctls text: SysctlFile, path: String) {
    let assignments = text.lines.compactMap { line -> LintAssignment? in
      guard case .statement(let statement) = line.content, let value = statement.value,
        !LintAssignment.isTemplate(value.text), !LintAssignment.isTemplate(statement.name.text)
      else { return nil }
      let place = LintPlace(
        line: line.number, column: line.column(of: statement.name.range.lowerBound),
        endColumn: line.column(of: statement.name.range.upperBound))
      return LintAssignment(statement.name.text, value.text, at: place, statement: statement)
    }
    self.init(path: path, kind: .sysctl, text: text, assignments)
  }

  /// - Parameter assignments: what was found in a file of another format.
  package init(other bytes: [UInt8], path: String, _ assignments: [LintAssignment]) {
    self.init(path: path, kind: .other, text: SysctlFile(parsing: bytes), assignments)
  }

  private init(path: String, kind: Kind, text: SysctlFile, _ assignments: [LintAssignment]) {
    (self.path, self.kind, self.text) = (path, kind, text)
    self.assignments = assignments
    silences = LintSilence.all(in: text)
    repetitions = kind == .sysctl ? Self.repetitions(in: assignments) : []
  }

  /// Whether a file that was found, not named, is one of sysctls.
  package var isWorthLinting: Bool {
    let known = assignments.count { LintAssignment.isName($0.name) }
    guard kind == .sysctl else { return known > 0 }
    if isDropIn, name.hasSuffix(".conf") { return true }
    let others = text.lines.count { if case .malformed = $0.content { true } else { false } }
    return known > 0 && known * 2 > assignments.count + others
  }

  /// The last part of the path.
  var name: Substring { path.split(separator: "/").last ?? "" }

  /// What the path leads through, without the last part.
  package var folder: Substring {
    path.lastIndex(of: "/").map { path[..<$0] } ?? ""
  }

  /// Whether it lies in a directory of sysctl files.
  package var isDropIn: Bool { folder == "sysctl.d" || folder.hasSuffix("/sysctl.d") }

  /// Whether vendors, not administrators, put files into its directory.
  var isOfVendor: Bool { folder.hasSuffix("lib/sysctl.d") }

  func line(_ number: Int) -> SysctlLine? {
    text.lines.indices.contains(number - 1) ? text.lines[number - 1] : nil
  }
}

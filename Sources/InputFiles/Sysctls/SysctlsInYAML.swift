package import Advisor
import TCPModel

/// The sysctls that a YAML file sets: Ansible's tasks and variables, pods of Kubernetes, services of
/// Compose, and whatever else holds a map or a list with names of sysctls.
package enum SysctlsInYAML {
  /// What such a file may have; larger ones are refused before they are parsed.
  static let mostBytes = 4_000_000

  /// - Parameter file: the path as it was given.
  package static func assignments(in bytes: [UInt8], file: String) throws(ProfileError)
    -> [LintAssignment]
  {
    let source = ProfileSource(file: file, bytes: bytes)
    guard bytes.count <= mostBytes else {
      throw ProfileError("larger than 4 MB, the limit for YAML", in: source)
    }
    return try ForeignYAML.documents(in: source).flatMap { document in
      var walk = SysctlWalk()
      walk.visit(document, for: .host)
      return walk.found
    }
  }
}

/// Goes through a document and keeps what sets a sysctl.
private struct SysctlWalk {
  private(set) var found: [LintAssignment] = []

  /// Modules of Ansible that set one.
  private static let modules: Set<String> = [
    "sysctl", "ansible.posix.sysctl", "ansible.builtin.sysctl",
  ]

  /// - Parameter target: whose sysctls the node sets, by what stands around it.
  mutating func visit(_ node: Node, for target: LintAssignment.Target) {
    switch node.content {
    case .scalar: break
    case .list(let nodes): for node in nodes { visitItem(node, for: target) }
    case .map(let entries):
      if let assignment = pair(node, for: target) { return found.append(assignment) }
      let isCompose = node["image"] != nil || node["build"] != nil
      for entry in entries { visit(entry, of: isCompose ? .container : nil, for: target) }
    }
  }

  /// - Parameter owner: whose `sysctls` the map around the entry would set.
  private mutating func visit(
    _ entry: Node.Entry, of owner: LintAssignment.Target?, for target: LintAssignment.Target
  ) {
    switch entry.key {
    case "securityContext": visit(entry.value, for: .pod)
    case "sysctls": visit(entry.value, for: owner ?? target)
    case _ where Self.modules.contains(entry.key): visitTask(entry.value)
    case _ where LintAssignment.isName(entry.key):
      if case .scalar(let value, _) = entry.value.content {
        append(entry.key, value, at: entry.mark, for: target)
      } else if let value = entry.value["value"], case .scalar(let text, _) = value.content {
        append(entry.key, text, at: entry.mark, for: target)
      }
    default: visit(entry.value, for: target)
    }
  }

  /// An item of a list, which may be text: `net.core.somaxconn=1024`.
  private mutating func visitItem(_ node: Node, for target: LintAssignment.Target) {
    guard case .scalar(let text, _) = node.content else { return visit(node, for: target) }
    guard target != .pod, let sign = text.firstIndex(of: "=") else { return }
    let name = text[..<sign].trimmingBlanks
    guard LintAssignment.isName(name) else { return }
    append(name, text[text.index(after: sign)...].trimmingBlanks, at: node.mark, for: target)
  }

  /// The argument of the module: a map, or `name=… value=…` in one text.
  private mutating func visitTask(_ node: Node) {
    guard case .scalar(let text, _) = node.content else { return visit(node, for: .host) }
    let words = text.split(whereSeparator: \.isWhitespace)
    func field(_ name: String) -> String? {
      words.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    guard let name = field("name") ?? field("key"), let value = field("value") ?? field("val")
    else {
      return
    }
    append(name, value.filter { $0 != "\"" && $0 != "'" }, at: node.mark, for: .host)
  }

  /// `name` and `value` beside each other; nil where they are of no sysctl, or of one that is to go.
  private func pair(_ node: Node, for target: LintAssignment.Target) -> LintAssignment? {
    guard let name = node["name"] ?? node["key"] ?? node["sysctl"], let value = node["value"],
      case .scalar(let key, _) = name.content, case .scalar(let text, _) = value.content,
      LintAssignment.isName(key), !Self.isAbsent(node)
    else { return nil }
    return assignment(key, text, at: name.mark, for: target)
  }

  private static func isAbsent(_ node: Node) -> Bool {
    if case .scalar("absent", _)? = node["state"]?.content { true } else { false }
  }

  private mutating func append(
    _ name: String, _ value: String, at mark: Mark, for target: LintAssignment.Target
  ) {
    if let assignment = assignment(name, value, at: mark, for: target) { found.append(assignment) }
  }

  private func assignment(
    _ name: String, _ value: String, at mark: Mark, for target: LintAssignment.Target
  ) -> LintAssignment? {
    guard LintAssignment.isName(name), !LintAssignment.isTemplate(value) else { return nil }
    let column = mark.location.column
    let place = LintPlace(
      line: mark.location.line, column: column, endColumn: column + name.unicodeScalars.count)
    return LintAssignment(name, value.trimmingBlanks, at: place, for: target)
  }
}

extension StringProtocol {
  /// Without the blanks and line breaks at both ends.
  fileprivate var trimmingBlanks: String {
    let text = drop { $0.isWhitespace }
    return text.lastIndex { !$0.isWhitespace }.map { String(text[...$0]) } ?? ""
  }
}

import Advisor
import TCPModel

/// Goes through a document and keeps what sets a sysctl.
struct SysctlWalk {
  /// What stands around a node.
  struct Surroundings {
    var target = LintAssignment.Target.host
    /// Of the pod or container.
    var shared: LintAssignment.SharedNamespaces = []
    /// The number of the innermost list or map that sets sysctls.
    var container: Int?
  }

  private(set) var found: [LintAssignment] = []
  private(set) var templatedLines: Set<Int> = []
  private(set) var templatedKeys: Set<SysctlKey> = []
  private var containers = 0

  /// Modules of Ansible that set one.
  private static let modules: Set<String> = [
    "sysctl", "ansible.posix.sysctl", "ansible.builtin.sysctl",
  ]

  mutating func visit(_ node: Node, in surroundings: Surroundings) {
    switch node.content {
    case .scalar: break
    case .list(let nodes):
      let around = numbered(surroundings)
      for node in nodes { visitItem(node, in: around) }
    case .map(let entries):
      if visitPair(node, in: surroundings) { return }
      var around = numbered(surroundings)
      around.shared.formUnion(Self.sharedNamespaces(of: node))
      let isCompose = node["image"] != nil || node["build"] != nil
      for entry in entries { visit(entry, of: isCompose ? .container : nil, in: around) }
    }
  }

  private mutating func numbered(_ surroundings: Surroundings) -> Surroundings {
    containers += 1
    var numbered = surroundings
    numbered.container = containers
    return numbered
  }

  /// What a pod or a service of Compose shares with the host.
  private static func sharedNamespaces(of node: Node) -> LintAssignment.SharedNamespaces {
    var shared: LintAssignment.SharedNamespaces = []
    if node.scalar("hostNetwork") == "true" || node.scalar("network_mode") == "host" {
      shared.insert(.network)
    }
    if node.scalar("hostIPC") == "true" || node.scalar("ipc") == "host" { shared.insert(.ipc) }
    return shared
  }

  /// - Parameter owner: whose `sysctls` the map around the entry would set.
  private mutating func visit(
    _ entry: Node.Entry, of owner: LintAssignment.Target?, in surroundings: Surroundings
  ) {
    var around = surroundings
    switch entry.key {
    case "securityContext":
      around.target = .pod
      visit(entry.value, in: around)
    case "sysctls":
      around.target = owner ?? surroundings.target
      visit(entry.value, in: around)
    case _ where Self.modules.contains(entry.key): visitTask(entry.value)
    case _ where LintAssignment.isName(entry.key):
      let value = entry.value["value"] ?? entry.value
      append(entry.key, value, at: entry.mark, in: around)
    default: visit(entry.value, in: around)
    }
  }

  /// An item of a list, which may be text: `net.core.somaxconn=1024`.
  private mutating func visitItem(_ node: Node, in surroundings: Surroundings) {
    guard case .scalar(let text, _) = node.content else { return visit(node, in: surroundings) }
    guard surroundings.target != .pod, let sign = text.firstIndex(of: "=") else { return }
    append(
      text[..<sign].trimmingBlanks, text[text.index(after: sign)...].trimmingBlanks, at: node.mark,
      in: surroundings)
  }

  /// The argument of the module: a map, or `name=… value=…` in one text.
  private mutating func visitTask(_ node: Node) {
    guard case .scalar(let text, _) = node.content else {
      if let name = node["name"] ?? node["key"], case .scalar(let text, _) = name.content,
        Self.isTemplate(text)
      {
        templatedLines.insert(name.mark.location.line)
        return
      }
      return visit(node, in: Surroundings())
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    func field(_ name: String) -> String? {
      words.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    guard let name = field("name") ?? field("key"), let value = field("value") ?? field("val")
    else {
      return
    }
    append(
      name, value.filter { $0 != "\"" && $0 != "'" }, at: node.mark, in: Surroundings())
  }

  private static func isTemplate(_ text: String) -> Bool {
    LintAssignment.isTemplate(text) || TemplateText.isFilled(text)
  }

  /// Takes `name` and `value` beside each other.
  /// - Returns: false where they are of no sysctl, or of one that is to go.
  private mutating func visitPair(_ node: Node, in surroundings: Surroundings) -> Bool {
    guard let name = node["name"] ?? node["key"] ?? node["sysctl"], let value = node["value"],
      case .scalar(let key, _) = name.content, case .scalar = value.content,
      LintAssignment.isName(key), node.scalar("state") != "absent"
    else { return false }
    append(key, value, at: name.mark, in: surroundings)
    return true
  }

  private mutating func append(
    _ name: String, _ value: Node, at mark: Mark, in surroundings: Surroundings
  ) {
    guard case .scalar(let text, let isPlain) = value.content else { return }
    append(name, text, isPlain: isPlain, at: mark, in: surroundings)
  }

  private mutating func append(
    _ name: String, _ value: String, isPlain: Bool = false, at mark: Mark,
    in surroundings: Surroundings
  ) {
    guard LintAssignment.isName(name) else { return }
    let line = mark.location.line
    if Self.isTemplate(value) {
      templatedLines.insert(line)
      templatedKeys.insert(SysctlKey(parsing: name))
      return
    }
    let written = value.trimmingBlanks
    let read = ReadScalar(written, isPlain: isPlain, for: surroundings.target)
    var origin = LintAssignment.Origin()
    origin.written = read.text == written ? nil : written
    (origin.valueType, origin.shared) = (read.type, surroundings.shared)
    origin.container = surroundings.container
    let column = mark.location.column
    let place = LintPlace(
      line: line, column: column, endColumn: column + name.unicodeScalars.count)
    found.append(
      LintAssignment(name, read.text, at: place, for: surroundings.target, origin: origin))
  }
}

extension Node {
  /// The text of a field; nil if it has none.
  fileprivate func scalar(_ name: String) -> String? {
    guard case .scalar(let text, _)? = self[name]?.content else { return nil }
    return text
  }
}

extension StringProtocol {
  /// Without the blanks and line breaks at both ends.
  fileprivate var trimmingBlanks: String {
    let text = drop { $0.isWhitespace }
    return text.lastIndex { !$0.isWhitespace }.map { String(text[...$0]) } ?? ""
  }
}

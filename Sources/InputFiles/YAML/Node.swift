/// A value of a YAML document with the place it was written at.
struct Node: Sendable {
  /// A key of a map and what belongs to it.
  struct Entry: Sendable {
    let key: String
    let mark: Mark
    var value: Node
  }

  enum Content: Sendable {
    /// Plain text is unquoted: only there can `null` mean nothing.
    case scalar(String, isPlain: Bool)
    case list([Node])
    case map([Entry])
  }

  let content: Content
  let mark: Mark

  /// How many values it is made of, itself included.
  let size: Int

  init(_ content: Content, at mark: Mark) {
    (self.content, self.mark) = (content, mark)
    size =
      switch content {
      case .scalar: 1
      case .list(let nodes): nodes.reduce(1) { $0 + $1.size }
      case .map(let entries): entries.reduce(1) { $0 + $1.value.size }
      }
  }

  /// Whether it stands for “nothing”: what would be inherited is removed.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["null", "Null", "NULL", "~"].contains(text)
  }

  /// The entries of a map; empty for anything else.
  var entries: [Entry] {
    if case .map(let entries) = content { entries } else { [] }
  }

  subscript(key: String) -> Node? { entries.first { $0.key == key }?.value }

  func without(_ keys: Set<String>) -> Node {
    Node(.map(entries.filter { !keys.contains($0.key) }), at: mark)
  }

  /// Itself laid over what it extends: maps by key, anything else replaced.
  func merged(over base: Node) -> Node {
    guard case .map(let own) = content, case .map(let inherited) = base.content else { return self }
    // A demand made anew, in whatever form, is not added to the inherited one; null only removes.
    let isDemand = own.contains { Self.requirements.contains($0.key) && !$0.value.isNull }
    var result = inherited.filter { !(isDemand && Self.requirements.contains($0.key)) }
    let locations = Dictionary(uniqueKeysWithValues: result.indices.map { (result[$0].key, $0) })
    for entry in own {
      if let index = locations[entry.key] {
        let value = entry.value.merged(over: result[index].value)
        result[index] = Entry(key: entry.key, mark: entry.mark, value: value)
      } else {
        result.append(entry)
      }
    }
    return Node(.map(result), at: mark)
  }

  /// The forms of a demand on a sysctl.
  static let requirements: Set<String> = ["value", "at_least", "at_most", "keep"]
}

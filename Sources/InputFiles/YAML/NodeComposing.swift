import TCPModel

/// Builds a tree of nodes from the events of a document: anchors, aliases and depth are the same for
/// every file; what it may hold is not.
protocol NodeComposing {
  static var deepest: Int { get }
  /// How many nodes all aliases may stand for, and as people read it.
  static var mostExpanded: (count: Int, text: String) { get }

  var anchors: YAMLAnchors { get set }

  /// - Throws: where a node has what is not read in such a file.
  func check(_ event: YAMLEvent) throws(ProfileError)
  mutating func content(of event: YAMLEvent, depth: Int) throws(ProfileError) -> Node.Content
}

/// The anchors of a document so far.
struct YAMLAnchors {
  fileprivate var nodes: [String: Node] = [:]
  /// Those whose node is not complete yet: an alias to one would contain itself.
  fileprivate var open: Set<String> = []
  /// How many nodes the aliases so far stand for.
  fileprivate var expanded = 0

  /// Another document knows none of them.
  mutating func forget() { nodes = [:] }
}

extension NodeComposing {
  mutating func node(_ event: YAMLEvent, depth: Int) throws(ProfileError) -> Node {
    guard depth <= Self.deepest else {
      throw ProfileError("nested deeper than \(Self.deepest) levels", at: event.mark)
    }
    try check(event)
    if case .alias(let name) = event.kind { return try target(of: name, at: event.mark) }
    if let anchor = event.anchor { anchors.open.insert(anchor) }
    let node = Node(try content(of: event, depth: depth), at: event.mark)
    if let anchor = event.anchor {
      anchors.open.remove(anchor)
      anchors.nodes[anchor] = node
    }
    return node
  }

  /// Returns the node an alias stands for.
  private mutating func target(of name: String, at mark: Mark) throws(ProfileError) -> Node {
    if anchors.open.contains(name) {
      throw ProfileError("the alias \(quoted(name)) stands inside of what it stands for", at: mark)
    }
    guard let node = anchors.nodes[name] else {
      throw .unknown("anchor", name, among: anchors.nodes.keys.sorted(), at: mark)
    }
    anchors.expanded += node.size
    guard anchors.expanded <= Self.mostExpanded.count else {
      throw ProfileError(
        "the aliases stand for more than \(Self.mostExpanded.text) values", at: mark)
    }
    return node
  }
}

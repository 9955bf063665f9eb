import TCPModel

extension Node {
  /// Reads the one document of a source.
  static func document(in source: ProfileSource) throws(ProfileError) -> Node {
    guard source.bytes.count <= ProfileSource.mostBytes else {
      throw ProfileError(
        "a profile has at most 1 MB, this has \(source.bytes.count) bytes", in: source)
    }
    var composer = NodeComposer(events: try YAMLEvents(reading: source))
    return try composer.document(in: source)
  }
}

/// Builds the tree of a document from its events, within the limits of a file nobody vouches for.
private struct NodeComposer: NodeComposing {
  static let deepest = 64
  static let mostExpanded = (count: 1000, text: "1,000")

  private let events: YAMLEvents
  var anchors = YAMLAnchors()

  fileprivate init(events: YAMLEvents) { self.events = events }

  fileprivate mutating func document(in source: ProfileSource) throws(ProfileError) -> Node {
    _ = try events.next()  // the start of the stream
    guard case .documentStart = try events.next().kind else {
      throw ProfileError("the file is empty", at: source.mark(atByte: 0))
    }
    let first = try events.next()
    if case .scalar("", isPlain: true) = first.kind {
      throw ProfileError("the document is empty", at: first.mark)
    }
    let root = try node(first, depth: 1)
    _ = try events.next()  // the end of the document
    let next = try events.next()
    guard case .streamEnd = next.kind else {
      throw ProfileError("a second document begins here; a profile is one", at: next.mark)
    }
    return root
  }

  func check(_ event: YAMLEvent) throws(ProfileError) {
    guard let tag = event.tag else { return }
    throw ProfileError(
      "the tag \(quoted(tag)) is not read here; quote text instead", at: event.mark)
  }

  mutating func content(
    of event: YAMLEvent, depth: Int
  ) throws(ProfileError) -> Node.Content {
    switch event.kind {
    case .listStart: return .list(try list(depth: depth))
    case .mapStart: return .map(try map(depth: depth))
    case .scalar(let text, let isPlain):
      try refuseControlCharacters(in: text, at: event.mark)
      return .scalar(text, isPlain: isPlain)
    case .alias, .streamStart, .streamEnd, .documentStart, .documentEnd, .listEnd, .mapEnd:
      preconditionFailure("libyaml gives no such event inside a document")
    }
  }

  private mutating func list(depth: Int) throws(ProfileError) -> [Node] {
    var nodes: [Node] = []
    while true {
      let event = try events.next()
      if case .listEnd = event.kind { return nodes }
      if Self.isNothing(event) {
        throw ProfileError("this item of the list is empty", at: event.mark)
      }
      nodes.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func map(depth: Int) throws(ProfileError) -> [Node.Entry] {
    var entries: [Node.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .mapEnd = event.kind { return entries }
      let key = try key(event, depth: depth + 1)
      if let line = lines.updateValue(event.mark.location.line, forKey: key) {
        throw ProfileError(
          "the key \(quoted(key)) stands here twice, first in line \(line)", at: event.mark)
      }
      let value = try events.next()
      if Self.isNothing(value) {
        throw ProfileError(
          "\(quoted(key)) has no value; write null to remove what is inherited", at: event.mark)
      }
      entries.append(
        Node.Entry(key: key, mark: event.mark, value: try node(value, depth: depth + 1)))
    }
  }

  private mutating func key(_ event: YAMLEvent, depth: Int) throws(ProfileError) -> String {
    let node = try node(event, depth: depth)
    guard case .scalar(let text, let isPlain) = node.content, !node.isNull, !text.isEmpty else {
      throw ProfileError("a key is text, nothing else", at: event.mark)
    }
    if text == "<<", isPlain {
      throw ProfileError(
        "“<<” is not read here; use “extends”, or aliases of whole values", at: event.mark)
    }
    return text
  }

  private static func isNothing(_ event: YAMLEvent) -> Bool {
    if case .scalar("", isPlain: true) = event.kind { event.tag == nil } else { false }
  }

  /// Escapes such as `"\e"` could reach a terminal or an emitted file.
  private func refuseControlCharacters(in text: String, at mark: Mark) throws(ProfileError) {
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .control && !["\n", "\r", "\t"].contains(scalar)
    }
    guard let found = text.unicodeScalars.first(where: isControl) else { return }
    let number = String(found.value, radix: 16, uppercase: true)
    throw ProfileError("the text contains the control character 0x\(number)", at: mark)
  }
}

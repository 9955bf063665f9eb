import Advisor
import TCPModel

/// A YAML file of another program: read for what it holds, whatever its schema.
///
/// Several documents, tags, keys that stand twice and values that are left out are all let pass.
struct ForeignYAML: NodeComposing {
  static let deepest = 100
  static let mostExpanded = (count: 100_000, text: "100,000")

  private let events: YAMLEvents
  var anchors = YAMLAnchors()

  /// What such a file may have; larger ones are refused before they are parsed.
  static let mostBytes = 2_000_000

  /// Returns the documents of a file, and the lines that are left to a template engine where it is YAML
  /// without them.
  static func content(
    of bytes: [UInt8], file: String
  ) throws(ProfileError) -> (documents: [Node], templated: Set<Int>) {
    let source = ProfileSource(file: file, bytes: bytes)
    guard bytes.count <= mostBytes else {
      throw ProfileError("larger than 2 MB, the limit for YAML", in: source)
    }
    do throws(ProfileError) {
      return (try documents(in: source), [])
    } catch {
      let template = TemplateText(String(decoding: source.bytes, as: UTF8.self))
      guard !template.lines.isEmpty else { throw error }
      let filled = ProfileSource(file: file, bytes: Array(template.filled.utf8))
      return (try documents(in: filled), template.lines)
    }
  }

  /// Returns the documents of a source.
  static func documents(in source: ProfileSource) throws(ProfileError) -> [Node] {
    var composer = ForeignYAML(events: try YAMLEvents(reading: source))
    var documents: [Node] = []
    while true {
      let event = try composer.events.next()
      switch event.kind {
      case .streamEnd: return documents
      case .streamStart, .documentStart, .documentEnd: composer.anchors.forget()
      default: documents.append(try composer.node(event, depth: 1))
      }
    }
  }

  private init(events: YAMLEvents) { self.events = events }

  func check(_ event: YAMLEvent) {}

  mutating func content(of event: YAMLEvent, depth: Int) throws(ProfileError)
    -> Node.Content
  {
    switch event.kind {
    case .listStart:
      var nodes: [Node] = []
      while true {
        let event = try events.next()
        if case .listEnd = event.kind { return .list(nodes) }
        nodes.append(try node(event, depth: depth + 1))
      }
    case .mapStart:
      var entries: [Node.Entry] = []
      while true {
        let event = try events.next()
        if case .mapEnd = event.kind { return .map(entries) }
        let key = try node(event, depth: depth + 1)
        let value = try node(try events.next(), depth: depth + 1)
        // A key that is no text is of no sysctl.
        if case .scalar(let text, _) = key.content {
          entries.append(Node.Entry(key: text, mark: key.mark, value: value))
        }
      }
    case .scalar(let text, let isPlain): return .scalar(text, isPlain: isPlain)
    case .alias, .streamStart, .streamEnd, .documentStart, .documentEnd, .listEnd, .mapEnd:
      preconditionFailure("libyaml gives no such event inside a document")
    }
  }
}

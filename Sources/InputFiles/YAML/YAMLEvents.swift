import TCPModel

private import CYAML

/// What libyaml found next.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case scalar(String, isPlain: Bool)
    case alias(String)
    case listStart, listEnd, mapStart, mapEnd
  }

  let kind: Kind
  let mark: Mark
  let anchor: String?
  let tag: String?
}

/// The events of one source, in order.
final class YAMLEvents {
  private let source: ProfileSource
  /// On the heap, since it holds pointers into itself.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  /// libyaml reads from here until the end, so the bytes must not move.
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// How many code points there are, where the last line has no end; nil where it has one.
  private let openEnd: Int?

  init(reading source: ProfileSource) throws(ProfileError) {
    self.source = source
    openEnd = source.openEnd
    input = .allocate(capacity: max(1, source.bytes.count))
    _ = input.initialize(from: source.bytes)
    // Zeroed first, so that deleting it is right even where initializing it fails.
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw ProfileError("there is not enough memory to read it", in: source)
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, source.bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  func next() throws(ProfileError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw complaint }
    defer { yaml_event_delete(&event) }
    let (anchor, tag) = Self.properties(of: event)
    return YAMLEvent(
      kind: Self.kind(of: event), mark: mark(event.start_mark), anchor: anchor, tag: tag)
  }

  private func mark(_ mark: yaml_mark_t) -> Mark {
    // Behind a last line that has no end libyaml counts another (`yaml_parser_fetch_stream_end`).
    if mark.column == 0, Int(mark.index) == openEnd {
      return source.mark(atByte: source.bytes.count)
    }
    return Mark(source, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_SEQUENCE_START_EVENT: return .listStart
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_MAPPING_START_EVENT: return .mapStart
    case YAML_MAPPING_END_EVENT: return .mapEnd
    case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return .scalar(
        String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    default: return .streamStart
    }
  }

  private static func properties(of event: yaml_event_t) -> (anchor: String?, tag: String?) {
    switch event.type {
    case YAML_SCALAR_EVENT: (text(event.data.scalar.anchor), text(event.data.scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      (text(event.data.sequence_start.anchor), text(event.data.sequence_start.tag))
    case YAML_MAPPING_START_EVENT:
      (text(event.data.mapping_start.anchor), text(event.data.mapping_start.tag))
    default: (nil, nil)
    }
  }

  private static func text(_ pointer: UnsafePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  /// What libyaml did not like, in our words where we know better ones.
  private var complaint: ProfileError {
    let parser = parser.pointee
    let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
    switch parser.error {
    case YAML_READER_ERROR:
      // The mark is still 0:0 then.
      return ProfileError(
        Self.readerProblem(problem, value: Int(parser.problem_value)),
        at: source.mark(atByte: Int(parser.problem_offset)))
    case YAML_MEMORY_ERROR:
      return ProfileError("there is not enough memory to read it", in: source)
    default:
      let mark = mark(parser.problem_mark)
      let context = parser.context.map { ", \(String(cString: $0))" } ?? ""
      let since = " that begins in line \(parser.context_mark.line + 1)"
      let isElsewhere = parser.context_mark.line + 1 != mark.location.line && !context.isEmpty
      return ProfileError(
        Self.hasTab(mark)
          ? "a tab stands where YAML wants blanks"
          : "not YAML: \(problem)\(context)\(isElsewhere ? since : "")", at: mark)
    }
  }

  private static func readerProblem(_ problem: String, value: Int) -> String {
    let number = String(value, radix: 16, uppercase: true)
    return problem.hasPrefix("control characters")
      ? "the control character U+\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)"
        + " is not allowed"
      : "the text is not UTF-8: \(problem)"
  }

  private static func hasTab(_ mark: Mark) -> Bool {
    mark.source.line(mark.location.line).unicodeScalars.dropFirst(mark.location.column - 1).first
      == "\t"
  }
}

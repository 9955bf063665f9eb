package import TCPModel

/// Targets from the command line and from files, one after the other: a file is kept as text and
/// read again, so that a long one takes no more memory than it has bytes.
package struct TargetList: Sendable {
  /// A text with one target on each line.
  package struct File: Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  }

  /// A target, as it was written, and the options that stand behind it.
  package struct Entry: Sendable {
    package let text: String
    package let target: ProbeTarget
    package var options = SocketOptions()
  }

  /// Reads an option of a target, such as `TCP_SYNCNT=2`.
  package typealias OptionReader =
    @Sendable (String) throws(ProbeTarget.Objection) -> (SocketOption, Int)

  /// What is wrong, and where.
  package struct Mistake: Error, Equatable, Sendable {
    package let message: String
  }

  private let arguments: [String]
  private let files: [File]
  private let option: OptionReader
  /// For targets that name none.
  package let ports: [UInt16]
  /// Where names stand, and the place of each among all targets: what takes long can begin early.
  private(set) var names: [(cursor: Cursor, place: Int)] = []
  /// How many there are to connect to, names counted as one each.
  package private(set) var count: UInt64 = 0

  /// Reads everything once, so that a mistake shows before anything begins.
  package init(
    _ arguments: [String], files: [File], ports: [UInt16], option: @escaping OptionReader
  ) throws(Mistake) {
    (self.arguments, self.files, self.ports, self.option) = (arguments, files, ports, option)
    var cursor = Cursor(), place = 0
    while true {
      let before = cursor
      guard let entry = try next(at: &cursor) else { return }
      if case .name = entry.target.host { names.append((before, place)) }
      place += 1
      let each = entry.target.port == nil ? UInt64(ports.count) : 1
      let (product, overflow) = entry.target.addresses.multipliedReportingOverflow(by: each)
      let (sum, isBeyond) = count.addingReportingOverflow(product)
      count = overflow || isBeyond ? .max : sum
    }
  }

  /// A place between two targets.
  package struct Cursor: Sendable {
    fileprivate var argument = 0, file = 0, offset = 0, line = 0
    package init() {}
  }

  /// The target behind a place, which moves on; nil at the end.
  package func next(at cursor: inout Cursor) throws(Mistake) -> Entry? {
    if cursor.argument < arguments.count {
      let text = arguments[cursor.argument]
      cursor.argument += 1
      return try entry(text) { _ in "" }
    }
    while cursor.file < files.count {
      let file = files[cursor.file]
      while cursor.offset < file.bytes.count {
        let (text, column) = line(of: file, at: &cursor)
        let line = cursor.line
        if !text.isEmpty { return try entry(text) { "\(file.name):\(line):\(column + $0): " } }
      }
      cursor.file += 1
      (cursor.offset, cursor.line) = (0, 0)
    }
    return nil
  }

  /// A line without comment and blanks, and the column where it begins.
  private func line(of file: File, at cursor: inout Cursor) -> (text: String, column: Int) {
    let rest = file.bytes[cursor.offset...]
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    cursor.offset += line.count + 1
    cursor.line += 1
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    var text = line.prefix { $0 != UInt8(ascii: "#") }.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return (String(decoding: text, as: UTF8.self), text.startIndex - line.startIndex + 1)
  }

  /// - Parameter place: of a character of the text, for mistakes.
  private func entry(_ text: String, at place: (Int) -> String) throws(Mistake) -> Entry {
    if let target = ProbeTarget(plain: text) { return Entry(text: text, target: target) }
    var words = text.split { $0 == " " || $0 == "\t" }[...]
    guard let first = words.popFirst() else {
      throw Mistake(message: "\(place(0))a target is missing")
    }
    var entry = try read(first, target)
    for word in words {
      let (option, value) = try read(word, option)
      entry.options[option] = value
    }
    return entry

    func read<T>(
      _ word: Substring, _ reader: (String) throws(ProbeTarget.Objection) -> T
    ) throws(Mistake) -> T {
      do throws(ProbeTarget.Objection) {
        return try reader(String(word))
      } catch {
        let offset = text.utf8.distance(from: text.startIndex, to: word.startIndex)
        throw Mistake(message: "\(place(offset))\(word): \(error.reason)")
      }
    }
  }

  private func target(_ text: String) throws(ProbeTarget.Objection) -> Entry {
    let target = try ProbeTarget(text)
    guard target.port != nil || !ports.isEmpty else {
      throw ProbeTarget.Objection(reason: "a port is missing; HOST:PORT, or --port for all")
    }
    return Entry(text: text, target: target)
  }
}

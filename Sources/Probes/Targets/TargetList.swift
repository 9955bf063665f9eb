import Linux
package import NetAddress
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

    /// - Parameters:
    ///   - location: where the text begins that has the mistake; nil is the command line.
    ///   - offset: of the mistake in that text, in bytes.
    init(_ message: String, at location: FileLocation?, plus offset: Int = 0) {
      let place = location.map {
        FileLocation(file: $0.file, line: $0.line, column: $0.column + offset)
      }
      self.message = (place.map { "\($0): " } ?? "") + message
    }
  }

  private let arguments: [String]
  private let files: [File]
  let option: OptionReader
  /// For targets that name none.
  package let ports: [UInt16]
  let source: AddressFamily?
  /// Where names stand, and the place of each among all targets: what takes long can begin early.
  private(set) var names: [(cursor: Cursor, index: Int)] = []
  /// Attempts that one round makes: addresses times ports, names counted as one address.
  package private(set) var count: UInt64 = 0
  /// The target with most of them, and where it stands.
  package private(set) var largest: (target: String, attempts: UInt64)?

  /// More take longer than anybody waits: at the usual rate these are fifty days.
  package static let mostAttempts: UInt64 = 1 << 32

  /// Reads everything once, so that a mistake shows before anything begins.
  /// - Parameter source: the family of the address to connect from; nil if there is none.
  package init(
    _ arguments: [String], files: [File], ports: [UInt16], from source: AddressFamily? = nil,
    option: @escaping OptionReader
  ) throws(Mistake) {
    (self.arguments, self.files, self.ports, self.option) = (arguments, files, ports, option)
    self.source = source
    var cursor = Cursor(), index = 0
    while true {
      let before = cursor
      guard let entry = try next(at: &cursor) else { return }
      if case .name = entry.target.host { names.append((before, index)) }
      index += 1
      try add(attempts(of: entry.target), of: entry, at: cursor)
    }
  }

  private mutating func add(_ attempts: UInt64, of entry: Entry, at cursor: Cursor)
    throws(Mistake)
  {
    count += attempts
    if attempts > largest?.attempts ?? 0 {
      largest = (location(of: cursor) + entry.text, attempts)
    }
    guard count <= Self.mostAttempts else {
      throw Mistake(
        "these are more than 2^32 attempts, which is the most there can be", at: nil)
    }
  }

  /// - Returns: at most the largest number.
  func attempts(of target: ProbeTarget) -> UInt64 {
    let each = target.port == nil ? UInt64(ports.count) : 1
    let (product, overflow) = target.addresses.multipliedReportingOverflow(by: each)
    return overflow ? .max : product
  }

  /// Returns the file and the line that were read last; nothing for the command line.
  private func location(of cursor: Cursor) -> String {
    cursor.line == 0 ? "" : "\(files[cursor.file].name):\(cursor.line): "
  }

  /// Returns the ports of a target: its own, or those for all.
  func ports(of target: ProbeTarget) -> [UInt16] { target.port.map { [$0] } ?? ports }

  /// A place between two targets.
  package struct Cursor: Sendable {
    fileprivate var argument = 0, file = 0, offset = 0, line = 0
    package init() {}
  }

  /// Returns the target behind a place, which moves on; nil at the end.
  package func next(at cursor: inout Cursor) throws(Mistake) -> Entry? {
    if cursor.argument < arguments.count {
      cursor.argument += 1
      return try entry(arguments[cursor.argument - 1], at: nil)
    }
    while cursor.file < files.count {
      while cursor.offset < files[cursor.file].bytes.count {
        if let entry = try nextLine(at: &cursor) { return entry }
      }
      cursor.file += 1
      (cursor.offset, cursor.line) = (0, 0)
    }
    return nil
  }

  /// Returns the target of a line, which may have none.
  private func nextLine(at cursor: inout Cursor) throws(Mistake) -> Entry? {
    let file = files[cursor.file]
    // A byte order mark, as editors on Windows write it, and cat puts between two files.
    if file.bytes[cursor.offset...].starts(with: [0xef, 0xbb, 0xbf]) { cursor.offset += 3 }
    let line = file.bytes[cursor.offset...].prefix { $0 != UInt8(ascii: "\n") }
    cursor.offset += line.count + 1
    cursor.line += 1
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    var bytes = line.prefix { $0 != UInt8(ascii: "#") }.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    if bytes.isEmpty { return nil }
    let location = FileLocation(
      file: file.name, line: cursor.line, column: bytes.startIndex - line.startIndex + 1)
    return try entry(Self.text(bytes, at: location), at: location)
  }

  private static func text(_ bytes: ArraySlice<UInt8>, at location: FileLocation) throws(Mistake)
    -> String
  {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while case .valid(let character) = parser.parseScalar(from: &rest) { offset += character.count }
    throw Mistake("this is no UTF-8", at: location, plus: offset)
  }
}

import Glibc

/// A file or standard input, line by line: nothing is kept but the line and what was read behind it.
package final class LineStream {
  private static let chunk = 1 << 18

  private let file: Descriptor?
  private let number: CInt
  private let name: String
  private let longest: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Whether the rest of a line that is too long is still to come.
  private var isTooLong = false

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - longest: a longer line is EFBIG, and is skipped.
  ///   - isWaiting: false where a pipe is out of place, and always ENODATA.
  package init(path: String, longest: Int, isWaiting: Bool = true) throws(SystemCallError) {
    self.longest = longest
    if path == "-" {
      file = nil
      (number, name) = (StandardStream.input.rawValue, "standard input")
    } else {
      // Else opening a named pipe would wait for a writer.
      let file = try Descriptor.opening(path, O_RDONLY | O_NONBLOCK)
      let isPipe = try file.isPipe(called: path)
      guard isWaiting || !isPipe else {
        throw SystemCallError(call: "read", subject: path, code: .noData)
      }
      try file.block()
      (number, name) = (file.number, path)
      self.file = consume file
    }
  }

  /// Returns the next line without its newline; nil after the last.
  package func next() throws(SystemCallError) -> [UInt8]? {
    if isTooLong { try skip() }
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isAtEnd {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      try fill()
    }
  }

  /// Whether nothing but blanks is left; what is read for the answer is still to come.
  package func isOver() throws(SystemCallError) -> Bool {
    var searched = start
    while buffer[searched...].allSatisfy({ " \t\r\n".utf8.contains($0) }) {
      if isAtEnd { return true }
      searched = buffer.count
      try fill()
    }
    return false
  }

  /// Returns all that is left.
  package func rest() throws(SystemCallError) -> [UInt8] {
    while !isAtEnd { try fill() }
    defer { start = buffer.count }
    return Array(buffer[start...])
  }

  /// Drops the rest of a line that is too long.
  private func skip() throws(SystemCallError) {
    isTooLong = false
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) { return start = end + 1 }
      if isAtEnd { return start = buffer.count }
      (buffer, start) = ([], 0)
      try fill()
    }
  }

  private func fill() throws(SystemCallError) {
    guard buffer.count - start <= longest else {
      isTooLong = true
      throw SystemCallError(call: "read", subject: name, code: .fileTooLarge)
    }
    let bytes = try DescriptorIO.readSome(number, name, atMost: Self.chunk)
    isAtEnd = bytes.isEmpty
    buffer += bytes
  }
}

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

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - longest: a longer line is EFBIG.
  package init(path: String, longest: Int) throws(SystemCallError) {
    self.longest = longest
    if path == "-" {
      file = nil
      (number, name) = (StandardStream.input.rawValue, "standard input")
    } else {
      let file = try Descriptor.opening(path, O_RDONLY)
      (number, name) = (file.number, path)
      self.file = consume file
    }
  }

  /// Returns the next line without its newline; nil after the last.
  package func next() throws(SystemCallError) -> [UInt8]? {
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
      guard buffer.count - start <= longest else {
        throw SystemCallError(call: "read", subject: name, code: .fileTooLarge)
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let bytes = try DescriptorIO.readSome(number, name, atMost: Self.chunk)
      isAtEnd = bytes.isEmpty
      buffer += bytes
    }
  }

  /// Returns all that is left.
  package func rest() throws(SystemCallError) -> [UInt8] {
    while !isAtEnd {
      guard buffer.count - start <= longest else {
        throw SystemCallError(call: "read", subject: name, code: .fileTooLarge)
      }
      let bytes = try DescriptorIO.readSome(number, name, atMost: Self.chunk)
      isAtEnd = bytes.isEmpty
      buffer += bytes
    }
    defer { start = buffer.count }
    return Array(buffer[start...])
  }
}

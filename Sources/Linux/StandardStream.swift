/// The three streams every process has; nobody here closes them.
package enum StandardStream: CInt, Sendable {
  case input = 0
  case output = 1
  case error = 2

  private var subject: String { "standard \(self)" }

  package var isTerminal: Bool { Descriptor.isTerminal(rawValue) }

  /// Everything there is to read; more than `limit` bytes is EFBIG.
  package func readAll(limit: Int) throws(SystemCallError) -> [UInt8] {
    try Transfer.readAll(rawValue, subject, limit: limit)
  }

  @discardableResult
  package func write(_ text: some StringProtocol) throws(SystemCallError) -> Transfer.Written {
    try Transfer.writeAll(text.utf8, to: rawValue, subject)
  }
}

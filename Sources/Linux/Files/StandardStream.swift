import Glibc

/// The three streams every process has; nobody here closes them.
package enum StandardStream: CInt, Sendable {
  case input = 0
  case output = 1
  case error = 2

  private var subject: String {
    switch self {
    case .input: "standard input"
    case .output: "standard output"
    case .error: "standard error"
    }
  }

  package var isTerminal: Bool { Descriptor.isTerminal(rawValue) }

  /// In columns; nil if it is no terminal, or one that does not know, as a serial line.
  package var terminalWidth: Int? {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Waits for a reader who has no room for more.
  /// - Parameter number: a descriptor that ends the waiting once it can be read.
  /// - Returns: whether 4096 bytes can be written without waiting.
  package func waitForRoom(orReadable number: CInt) throws(SystemCallError) -> Bool {
    var entries = [
      pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: number, events: Int16(POLLIN), revents: 0),
    ]
    try systemCall("poll", on: subject) { poll(&entries, 2, -1) }
    return entries[0].revents != 0 || entries[1].revents & Int16(POLLIN) == 0
  }

  /// Everything there is to read; more than `limit` bytes is EFBIG.
  package func readAll(limit: Int) throws(SystemCallError) -> [UInt8] {
    try DescriptorIO.readAll(rawValue, subject, limit: limit)
  }

  @discardableResult
  package func write(_ text: some StringProtocol) throws(SystemCallError) -> DescriptorIO.Written {
    try DescriptorIO.writeAll(text.utf8, to: rawValue, subject)
  }
}

import Glibc

/// Reading and writing whole texts through a descriptor number, whoever owns it.
package enum DescriptorIO {
  /// What became of something written.
  package enum Written: Sendable { case everything, readerGone }

  /// Everything there is to read; more than `limit` bytes is EFBIG, refused before reading further.
  package static func readAll(_ number: CInt, _ subject: String, limit: Int)
    throws(SystemCallError) -> [UInt8]
  {
    var bytes: [UInt8] = []
    while true {
      let part: [UInt8]
      do throws(SystemCallError) {
        part = try readSome(number, subject, atMost: min(65_535, limit - bytes.count) + 1)
      } catch  where error.code == .wouldBlock && !isOurs(number) {
        try wait(for: POLLIN, of: number, subject)
        continue
      }
      if part.isEmpty { return bytes }
      bytes += part
      guard bytes.count <= limit else {
        throw SystemCallError(call: "read", subject: subject, code: .fileTooLarge)
      }
    }
  }

  /// Returns what one read gives; empty at the end.
  package static func readSome(_ number: CInt, _ subject: String, atMost count: Int)
    throws(SystemCallError) -> [UInt8]
  {
    var part: [UInt8] = []
    try systemCall("read", on: subject, isOurs: isOurs(number)) {
      var length = 0
      part = Array(unsafeUninitializedCapacity: count) { buffer, filled in
        length = read(number, buffer.baseAddress, count)
        filled = max(length, 0)
      }
      return length
    }
    return part
  }

  /// Writes everything; a reader that has gone is an outcome, not an error (`ignoreBrokenPipes`).
  @discardableResult
  package static func writeAll(_ bytes: some Collection<UInt8>, to number: CInt, _ subject: String)
    throws(SystemCallError) -> Written
  {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      do throws(SystemCallError) {
        let part = rest
        let count = try systemCall("write", on: subject, isOurs: isOurs(number)) {
          part.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
        }
        rest = rest.dropFirst(count)
      } catch  where error.code == .brokenPipe {
        return .readerGone
      } catch  where error.code == .wouldBlock {
        // Whoever shares a pipe or terminal may have made it so for all.
        try wait(for: POLLOUT, of: number, subject)
      }
    }
    return .everything
  }

  /// Standard streams are as whoever started this process has left them.
  private static func isOurs(_ number: CInt) -> Bool { StandardStream(rawValue: number) == nil }

  /// Waits until a descriptor can be read, written, or says that it never will.
  private static func wait(for event: CInt, of number: CInt, _ subject: String)
    throws(SystemCallError)
  {
    var entry = pollfd(fd: number, events: Int16(event), revents: 0)
    try systemCall("poll", on: subject) { poll(&entry, 1, -1) }
  }

  /// Writes what goes at once, where `Descriptor.neverBlock` was asked for, and drops it from `bytes`.
  package static func writeSome(
    _ bytes: inout ArraySlice<UInt8>, to number: CInt, _ subject: String
  ) throws(SystemCallError) -> Written {
    let part = bytes
    do throws(SystemCallError) {
      let count = try systemCall("write", on: subject) {
        part.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
      }
      bytes = bytes.dropFirst(count)
    } catch  where error.code == .brokenPipe {
      return .readerGone
    } catch  where error.code == .wouldBlock {}
    return .everything
  }

  /// Makes writing to a closed pipe fail with EPIPE instead of ending the process.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}

import CLinux
import Glibc

/// A file descriptor with one owner; it closes when the owner's scope ends.
package struct Descriptor: ~Copyable, Sendable {
  package let number: CInt

  /// Takes over a descriptor that nobody else closes.
  package init(owning number: CInt) { self.number = number }

  // Not made again after EINTR: Linux has closed it by then.
  deinit { Glibc.close(number) }

  /// Opens a file, never inherited by a child.
  package static func opening(_ path: String, _ flags: CInt, mode: UInt32 = 0)
    throws(SystemCallError) -> Descriptor
  {
    Descriptor(
      owning: try systemCall("open", on: path) { open(path, flags | O_CLOEXEC, mode) })
  }

  /// Both ends of a new pipe, neither inherited by a child that does not ask for it.
  package static func pipe() throws(SystemCallError) -> Pipe {
    var ends: [CInt] = [-1, -1]
    try wrappedCall("pipe2", on: "two ends") { clinux_pipe(&ends) }
    return Pipe(readEnd: Descriptor(owning: ends[0]), writeEnd: Descriptor(owning: ends[1]))
  }

  /// The two ends of a pipe.
  package struct Pipe: ~Copyable {
    package let readEnd, writeEnd: Descriptor

    /// Keeps one end and closes the other.
    package consuming func takeReadEnd() -> Descriptor { readEnd }
    /// Keeps one end and closes the other.
    package consuming func takeWriteEnd() -> Descriptor { writeEnd }
  }

  /// Makes reading and writing give up with EAGAIN instead of waiting (O_NONBLOCK).
  package func neverBlock() throws(SystemCallError) {
    let number = number
    try systemCall("fcntl", on: "O_NONBLOCK") { fcntl(number, F_SETFL, O_NONBLOCK) }
  }

  /// Makes reading and writing wait again, as they do unless they are told otherwise.
  func block() throws(SystemCallError) {
    let number = number
    try systemCall("fcntl", on: "O_NONBLOCK") { fcntl(number, F_SETFL, 0) }
  }

  /// Returns whether it is a terminal.
  package static func isTerminal(_ number: CInt) -> Bool { isatty(number) == 1 }
}

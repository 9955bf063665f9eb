import CLinux
import Glibc

/// A program started by this one; it is ended and waited for when the owner's scope ends, and killed
/// when this process ends.
package struct ChildProcess: ~Copyable {
  package let identifier: CInt
  private var exitStatus: CInt?

  /// Starts a program with its standard input and output at the given descriptors.
  /// - Parameter arguments: the first one is the program's path.
  package init(
    running arguments: [String], input: borrowing Descriptor, output: borrowing Descriptor
  ) throws(SystemCallError) {
    precondition(!arguments.isEmpty, "no program named")
    var words = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    let (input, output) = (input.number, output.number)
    identifier = try wrappedCall("execve", on: arguments[0]) {
      clinux_spawn(words, environ, input, output)
    }
  }

  deinit {
    guard exitStatus == nil else { return }
    Glibc.kill(identifier, SIGKILL)
    var status: CInt = 0
    let identifier = identifier
    do throws(SystemCallError) {
      try systemCall("waitpid", on: "a child") { waitpid(identifier, &status, 0) }
    } catch {}
  }

  /// Waits for the end: the exit status, or 128 + the signal that ended it.
  package mutating func wait() throws(SystemCallError) -> CInt {
    if let exitStatus { return exitStatus }
    var status: CInt = 0
    try systemCall("waitpid", on: "process \(identifier)") { waitpid(identifier, &status, 0) }
    let ended = clinux_exit_status(status)
    exitStatus = ended
    return ended
  }

  package func kill() { _ = Glibc.kill(identifier, SIGKILL) }

  /// Lets it go on where somebody has stopped it (SIGSTOP).
  package func resume() { _ = Glibc.kill(identifier, SIGCONT) }

  /// Lets this process go on when its parent ends, should somebody have stopped it, instead of killing
  /// it: for one that has to clean up. Call it after entering a user namespace, which may take the
  /// wish away (`commit_creds`).
  package static func resumeWhenParentEnds() throws(SystemCallError) {
    try wrappedCall("prctl", on: "PR_SET_PDEATHSIG") { clinux_signal_when_parent_ends(SIGCONT) }
  }
}

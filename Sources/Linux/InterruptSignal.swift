import CLinux
import Glibc

/// SIGINT as something to wait for: blocked while this lives, readable once it came.
package struct InterruptSignal: ~Copyable {
  package let descriptor: Descriptor
  private let wasBlocked: Bool

  package init() throws(SystemCallError) {
    descriptor = Descriptor(
      owning: try wrappedCall("signalfd", on: "SIGINT") { clinux_signal_descriptor(SIGINT) })
    var previous = sigset_t()
    var set = Self.set
    pthread_sigmask(SIG_BLOCK, &set, &previous)
    wasBlocked = sigismember(&previous, SIGINT) == 1
  }

  deinit {
    var set = Self.set
    if !wasBlocked { pthread_sigmask(SIG_UNBLOCK, &set, nil) }
  }

  /// Takes the signal away, so that it does not end the process once it is let through again.
  package func consume() throws(SystemCallError) {
    _ = try Transfer.readSome(descriptor.number, "SIGINT", atMost: 128)  // signalfd_siginfo
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    return set
  }
}

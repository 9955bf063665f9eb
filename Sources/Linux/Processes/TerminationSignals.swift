import CLinux
import Glibc

/// The signals that stop a program as something to wait for: blocked while this lives, readable once
/// one came.
///
/// A SIGHUP that is ignored stays so: `nohup` asks for it.
package struct TerminationSignals: ~Copyable {
  package let descriptor: Descriptor
  /// The mask of before.
  private let previous: sigset_t

  package init() throws(SystemCallError) {
    var set = Self.set
    descriptor = Descriptor(
      owning: try wrappedCall("signalfd", on: "SIGINT") { clinux_signal_descriptor(&set) })
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &set, &previous)
    self.previous = previous
  }

  deinit {
    var previous = previous
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  /// Takes a signal away, so that it does not end the process once signals are let through again.
  package func consume() throws(SystemCallError) -> TerminationSignal? {
    let bytes = try DescriptorIO.readSome(descriptor.number, "signals", atMost: 128)
    // ssi_signo, the first member of struct signalfd_siginfo, in the machine's order.
    let number = bytes.prefix(4).reversed().reduce(CInt(0)) { $0 << 8 | CInt($1) }
    return TerminationSignal.allCases.first { $0.number == number.littleEndian }
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in TerminationSignal.allCases {
      if signal == .hangUp, clinux_is_ignored(signal.number) != 0 { continue }
      sigaddset(&set, signal.number)
    }
    return set
  }
}

import Glibc

/// A signal that asks a program to stop and leaves it time to say what it has.
package enum TerminationSignal: CaseIterable, Hashable, Sendable {
  case interrupt, terminate, hangUp

  var number: CInt {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangUp: SIGHUP
    }
  }

  /// The exit status of a program that a signal stopped, as shells have it.
  package var status: CInt { 128 + number }

  /// Leaves such signals, and a terminal's SIGQUIT, to the parent, whose end shows otherwise.
  package static func ignoreAll() {
    for number in allCases.map(\.number) + [SIGQUIT] { signal(number, SIG_IGN) }
  }
}

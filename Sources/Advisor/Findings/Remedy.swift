package import TCPModel

/// Changes that together make a requirement hold.
package struct Remedy: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    case sysctl(SysctlKey, SysctlValue)
    case option(SocketOption, Int)
    /// The program's own limit for one address.
    case deadline(Duration)
    /// A bound that the profile would have to name.
    case objective(Scenario, Objective.Kind)
  }

  /// What is changed in one place, and when the scenario ends then.
  package struct Part: Hashable, Sendable {
    package let changes: [Change]
    package let timeToEnd: TimeToEnd?

    package init(_ changes: [Change], timeToEnd: TimeToEnd? = nil) {
      (self.changes, self.timeToEnd) = (changes, timeToEnd)
    }
  }

  package let parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  package init(_ change: Change, timeToEnd: TimeToEnd? = nil) {
    self.init([Part([change], timeToEnd: timeToEnd)])
  }
}

import TCPModel

/// What is to be said of many hosts together.
package struct Fleet: Sendable {
  package struct Kernel: Sendable, Comparable {
    /// Such as `5.15`; empty where captures do not say.
    package let series: String
    package let hosts, missed: Int

    package static func < (left: Kernel, right: Kernel) -> Bool {
      guard let one = KernelVersion(left.series), let two = KernelVersion(right.series) else {
        return left.series < right.series
      }
      return one < two
    }
  }

  /// Why hosts could not be judged at all.
  package struct Obstacle: Sendable {
    package let reason: String
    package let hosts: HostTally
  }

  /// What hosts miss, whatever the cause.
  package struct Requirement: Sendable {
    /// On one of them.
    package let missed: FleetFinding
    package internal(set) var hosts = 0

    init(missed: FleetFinding) { self.missed = missed }
  }

  /// How many were judged, those about which nothing could be told included.
  package let hosts: Int
  let statuses: [FleetVerdict.Status: Int]
  package let kernels: [Kernel]
  package let causes: [FleetCause]
  package let plans: [FleetPlan]
  package let requirements: [Requirement]
  /// How many namespaces could not be entered as hosts were captured.
  package let closedNamespaces: Int
  /// What the hosts of one group do not have alike.
  package let drift: [FleetDrift]
  /// What few hosts have otherwise than nearly all of their kernel.
  package let outliers: [FleetDrift]
  /// Those of which a key that decides something was not captured.
  package let assumed: HostTally
  /// Those that were captured before, under the same name.
  package let doubled: HostTally
  /// Those that no rule fits, and those that are in no group, where there are any.
  package let unruled, ungrouped: HostTally
  package let obstacles: [Obstacle]
  /// Nil without an earlier run to compare with.
  package let changes: FleetChanges?

  package func count(_ status: FleetVerdict.Status) -> Int { statuses[status] ?? 0 }
}

package import TCPModel

/// A network namespace with its TCP sockets, as it was seen.
package struct ObservedNamespace: Sendable {
  /// For example `net:[4026531840]`; nil if it cannot be known.
  package var id: String?
  /// As `ip netns` has it; nil if it has no name there.
  package var name: String?
  package var settings: SettingsSnapshot
  package var sockets: [ObservedSocket]
  /// The processes that have them open, by their number.
  package var processes: [Int32: ObservedProcess]
  /// How many processes could not be looked at; the sockets of theirs have no owner here.
  package var unseenProcesses = 0
  package var counters = TCPCounters()
  /// The users that sockets belong to, as far as this host has names for them.
  package var users: [UInt32: String] = [:]

  package init(
    id: String?, name: String? = nil, settings: SettingsSnapshot, sockets: [ObservedSocket],
    processes: [Int32: ObservedProcess]
  ) {
    (self.id, self.name, self.settings) = (id, name, settings)
    (self.sockets, self.processes) = (sockets, processes)
  }

  /// The containers that the processes run in, by their names.
  package var containers: [String] {
    Set(processes.values.compactMap { $0.container?.description }).sorted()
  }
}

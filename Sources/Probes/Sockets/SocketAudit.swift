package import Linux
import NetAddress
package import Observations
import TCPModel

/// Reads every TCP socket of network namespaces, with its owners and its options.
///
/// It changes nothing: sockets come from the kernel's table, owners from `/proc`, and options from
/// duplicates of descriptors that are closed at once.
package struct SocketAudit {
  /// What is wanted to be known of each socket beside what decides a time in the kernel's table.
  package struct Details: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Who has it open, and the options that decide what may still happen to it.
    package static let owners = Self(rawValue: 1)
    /// All that the table says, and with owners all options.
    package static let everything = Self(rawValue: 2)
  }

  private let procFS: ProcFS
  private let details: Details
  private var tables: [SocketTable] = []

  package init(_ procFS: ProcFS = ProcFS(), _ details: Details) {
    (self.procFS, self.details) = (procFS, details)
  }

  /// Reads the table, the settings and the counters of the namespace that this process is in.
  /// - Parameter name: of the namespace, as `ip netns` has it.
  /// - Throws: ENOENT where the kernel has no tcp_diag; what keeps its settings from being read.
  package mutating func readTable(named name: String? = nil) throws(SystemCallError) {
    let diag = try InetDiag()
    var sockets: [ObservedSocket] = []
    try diag.all(withBuffers: details.contains(.everything)) {
      sockets.append(ObservedSocket($0, options: .unknown(.notAsked)))
    }
    let settings = try SettingsReader(procFS).snapshot()
    var namespace = ObservedNamespace(
      id: settings.namespace, name: name, settings: settings, sockets: sockets, processes: [:])
    let netstat = try? procFS.text("thread-self/net/netstat")
    namespace.counters = TCPCounters(parsing: netstat ?? "")
    tables.append(SocketTable(diag, namespace))
  }

  /// Looks for the owners of all sockets and reads their options; what has closed meanwhile is left
  /// out.
  package consuming func namespaces() -> [ObservedNamespace] {
    let users = UserNames()
    if details.contains(.owners) {
      let owners = SocketOwners(in: procFS)
      var reader = SocketOptionReader(readingAll: details.contains(.everything))
      for table in tables { table.complete(owners, &reader) }
    }
    return tables.map { table in
      table.name(users)
      return table.namespace
    }
  }
}

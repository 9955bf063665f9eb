import ArgumentParser
import Linux
import Observations
import Probes
import TCPModel

/// The network namespaces of this host to look at.
struct NamespacesOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look into another network namespace: a name of `ip netns`, a process ID, or all of them.",
      valueName: "name|pid|all"))
  var netns: String?

  /// What entering them takes.
  var rights: Rights { netns == nil ? [] : .namespaces }

  /// Reads all sockets there; with `all` those of this process's own namespace come first.
  func observed(_ details: SocketAudit.Details) throws -> [ObservedNamespace] {
    var audit = SocketAudit(ProcFS(), details)
    if netns == "all" {
      try Self.readTables(
        of: NetworkNamespaces().entries, into: &audit, entering: Self.enters)
    } else {
      var one = NamespaceOption()
      one.netns = netns
      try one.enter()
      try Self.readTable(named: nil, into: &audit)
    }
    return audit.namespaces()
  }

  /// Reads all sockets of this host, leaving out the namespaces that may not be entered.
  static func observedWhereAllowed(_ details: SocketAudit.Details) throws -> [ObservedNamespace] {
    var audit = SocketAudit(ProcFS(), details)
    try readTable(named: nil, into: &audit)
    try readTables(of: NetworkNamespaces().entries.dropFirst(), into: &audit) { path in
      (try? NetworkNamespace.enter(path)) != nil
    }
    return audit.namespaces()
  }

  /// Reads those of namespaces, and comes back from there.
  private static func readTables(
    of entries: some Sequence<NetworkNamespaces.Entry>, into audit: inout SocketAudit,
    entering: (String) throws -> Bool
  ) throws {
    let home = try NetworkNamespace.current()
    var isElsewhere = false
    for entry in entries where try entering(entry.path) {
      isElsewhere = true
      try readTable(named: entry.name, into: &audit)
    }
    // Whoever may enter none may not enter this one again either.
    if isElsewhere { try NetworkNamespace.enter(home) }
  }

  /// - Returns: false for a namespace that has gone meanwhile.
  private static func enters(_ path: String) throws -> Bool {
    do throws(SystemCallError) {
      try NetworkNamespace.enter(path)
      return true
    } catch {
      if error.code == .noEntry { return false }
      throw UsageError("--netns all: \(error); root may enter all of them")
    }
  }

  private static func readTable(named name: String?, into audit: inout SocketAudit) throws {
    do throws(SystemCallError) {
      try audit.readTable(named: name)
    } catch {
      guard error.code == .noEntry else { throw error }
      throw UsageError(
        "the kernel does not tell of its TCP sockets (\(error)): it lacks the module tcp_diag")
    }
  }
}

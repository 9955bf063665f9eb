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

  /// Reads all sockets there; with `all` those of this process's own namespace come first.
  func observed(_ depth: SocketAudit.Depth) throws -> [ObservedNamespace] {
    var audit = SocketAudit(ProcFS(), depth)
    if netns == "all" {
      try readAll(into: &audit)
    } else {
      var one = NamespaceOption()
      one.netns = netns
      try one.enter()
      try audit.readTable()
    }
    return audit.namespaces()
  }

  /// A namespace that has gone meanwhile is left out.
  private func readAll(into audit: inout SocketAudit) throws {
    let home = try NetworkNamespace.current()
    for entry in NetworkNamespaces().entries {
      do throws(SystemCallError) {
        try NetworkNamespace.enter(entry.path)
      } catch  where error.code == .noEntry {
        continue
      } catch {
        throw UsageError("--netns all: \(error); root may enter all of them")
      }
      try audit.readTable(named: entry.name)
    }
    try NetworkNamespace.enter(home)
  }
}

import Advisor
import ArgumentParser
import Linux
import Probes
import Reports
import TCPModel

/// Captures one host, for `--from` and `fleet` elsewhere.
struct SnapshotCommand: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Print the settings of this host as JSON, for --from and fleet elsewhere.",
    discussion: """
      Tells the settings, what the next boot gives, what sysctl files set (no remarks of theirs), and \
      in what other network namespaces differ, which takes root. No addresses, and no arguments of \
      processes.
      """)

  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  @Flag(help: "Tell groups of TCP sockets with their options as well; of other users' as root.")
  var sockets = false

  @Flag(help: "Tell the addresses of the servers that they are connected to.")
  var addresses = false

  @Flag(help: "Print it on one line, for a stream of many.")
  var compact = false

  var rights: Rights { source.isThisHost ? [.processes, .namespaces] : [] }

  func runConfined() throws {
    guard !addresses || sockets else { throw UsageError("--addresses goes with --sockets") }
    guard !sockets || source.isThisHost && source.namespace.netns == nil else {
      throw UsageError("--sockets tells of this host alone")
    }
    let snapshot = try source.snapshot()
    let isWhole = source.isThisHost && source.isUnchanged && source.namespace.netns == nil
    let reports = sockets ? try self.reports() : nil
    let record = HostRecord(
      snapshot, hostname: hostname(of: snapshot), boot: isWhole ? source.bootSequence : nil,
      namespaces: isWhole ? Self.namespaces(beside: snapshot) : [], sockets: reports,
      tellingAddresses: addresses)
    if compact { Console.print(record.json.line) } else { Console.print(record.json) }
  }

  private func hostname(of snapshot: SettingsSnapshot) -> String? {
    guard source.from == nil else {
      return snapshot.readings[SysctlKey("kernel.hostname")]?.printed
    }
    let procFS = source.procRoot.map { ProcFS(root: $0) } ?? ProcFS()
    let name = try? procFS.value("sys/kernel/hostname", limit: 256)
    return name?.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }

  private func reports() throws -> [SocketReport] {
    try NamespacesOption.observedWhereAllowed(.owners).map { namespace in
      try SocketReport(of: namespace)
    }
  }

  /// Those of this host beside its own; one that cannot be entered is told with the reason.
  private static func namespaces(beside own: SettingsSnapshot) -> [HostRecord.Namespace] {
    guard let home = try? NetworkNamespace.current() else { return [] }
    defer { try? NetworkNamespace.enter(home) }
    return NetworkNamespaces().entries.dropFirst().compactMap { entry in
      do throws(SystemCallError) {
        try NetworkNamespace.enter(entry.path)
      } catch {
        if error.code == .noEntry { return nil }
        return HostRecord.Namespace(entry.name, .failure(HostRecord.Refusal("\(error.code)")))
      }
      guard let settings = try? SettingsSource.readings(of: ProcFS(), Set(own.readings.keys)) else {
        return nil
      }
      return HostRecord.Namespace(entry.name, .success(settings))
    }
  }
}

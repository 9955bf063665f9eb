package import Linux
import NetAddress
package import Observations
import TCPModel

/// Reads every TCP socket of network namespaces, with its owners and its options.
///
/// It changes nothing: sockets come from the kernel's table, owners from `/proc`, and options from
/// duplicates of descriptors that are closed at once.
package struct SocketAudit {
  /// The table of one namespace; a class, because a netlink socket does not fit into an array.
  private final class Table {
    var diag: InetDiag
    var namespace: ObservedNamespace

    init(_ diag: consuming InetDiag, _ namespace: ObservedNamespace) {
      self.diag = diag
      self.namespace = namespace
    }
  }

  private let procFS: ProcFS
  private var tables: [Table] = []

  package init(_ procFS: ProcFS = ProcFS()) { self.procFS = procFS }

  /// Reads the table, the settings and the counters of the namespace that this process is in.
  /// - Parameter name: of the namespace, as `ip netns` has it.
  /// - Throws: ENOENT where the kernel has no tcp_diag; what keeps its settings from being read.
  package mutating func readTable(named name: String? = nil) throws(SystemCallError) {
    var diag = try InetDiag()
    var sockets: [ObservedSocket] = []
    try diag.all { sockets.append(ObservedSocket($0, options: .unknown(.notAsked))) }
    let settings = try SettingsReader(procFS).snapshot()
    var namespace = ObservedNamespace(
      id: settings.namespace, name: name, settings: settings, sockets: sockets, processes: [:])
    let netstat = try? procFS.text("thread-self/net/netstat")
    namespace.counters = TCPCounters(parsing: netstat ?? "")
    tables.append(Table(diag, namespace))
  }

  /// Looks for the owners of all sockets and reads their options; what has closed meanwhile is left
  /// out.
  package consuming func namespaces() -> [ObservedNamespace] {
    let owners = SocketOwners(in: procFS)
    let users = UserNames()
    var reader = SocketOptionReader()
    return tables.map { table in
      Self.complete(table, owners, &reader)
      for user in Set(table.namespace.sockets.map(\.table.user)) {
        table.namespace.users[user] = users[user]
      }
      return table.namespace
    }
  }

  private static func complete(
    _ table: Table, _ owners: SocketOwners, _ reader: inout SocketOptionReader
  ) {
    table.namespace.unseenProcesses = owners.unseenProcesses
    var processes: [Int32: ObservedProcess] = [:]
    table.namespace.sockets = table.namespace.sockets.compactMap { socket in
      var socket = socket
      guard complete(&socket, owners, &reader, &table.diag) else { return nil }
      for owner in socket.owners where processes[owner.process] == nil {
        processes[owner.process] = owners.process(owner.process)
      }
      return socket
    }
    table.namespace.processes = processes
  }

  /// Returns false if the socket is not there any more.
  private static func complete(
    _ socket: inout ObservedSocket, _ owners: SocketOwners, _ reader: inout SocketOptionReader,
    _ diag: inout InetDiag
  ) -> Bool {
    guard socket.table.inode != 0 else {
      let state = socket.table.state
      let isWaiting = state == .established || state == .closeWait
      socket.options = .unknown(isWaiting ? .notAccepted : .unowned)
      return true
    }
    socket.owners = owners[socket.table.inode]
    if socket.isMultipath {
      socket.options = .unknown(.multipath)
      return true
    }
    for owner in socket.owners {
      switch reader.reading(of: socket.table, by: owner) {
      case .known(let readings):
        socket.options = .known(readings)
        return true
      case .unknown(let reason):
        socket.options = .unknown(reason)
        return true
      case .gone: continue
      }
    }
    socket.options = .unknown(owners.unseenProcesses > 0 ? .hidden : .ofKernel)
    return isThere(socket.table, &diag)
  }

  /// Returns whether a socket is still open, asked by what names it alone.
  private static func isThere(_ socket: InetDiagSocket, _ diag: inout InetDiag) -> Bool {
    do throws(SystemCallError) {
      return try diag.finds(socket)
    } catch {
      return true
    }
  }
}

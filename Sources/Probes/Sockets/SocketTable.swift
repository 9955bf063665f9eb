import Linux
import NetAddress
import Observations
import TCPModel

/// The sockets of one namespace, and what is found out about them; a class, because a netlink socket
/// does not fit into an array.
final class SocketTable {
  private var diag: InetDiag
  private(set) var namespace: ObservedNamespace

  init(_ diag: consuming InetDiag, _ namespace: ObservedNamespace) {
    self.diag = diag
    self.namespace = namespace
  }

  func name(_ users: UserNames) {
    for user in Set(namespace.sockets.map(\.table.user)) { namespace.users[user] = users[user] }
  }
}

extension SocketTable {
  /// Finds owners and options of all its sockets.
  func complete(_ owners: SocketOwners, _ reader: inout SocketOptionReader) {
    namespace.unseenProcesses = owners.unseenProcesses
    namespace.sockets = namespace.sockets.compactMap { socket in
      let observed = observed(socket.table, owners, &reader)
      for owner in observed?.owners ?? [] where namespace.processes[owner.process] == nil {
        namespace.processes[owner.process] = owners.process(owner.process)
      }
      return observed
    }
  }

  /// Returns nil if the socket is not there any more.
  private func observed(
    _ socket: InetDiagSocket, _ owners: SocketOwners, _ reader: inout SocketOptionReader
  ) -> ObservedSocket? {
    guard socket.inode != 0 else {
      let isWaiting = socket.state == .established || socket.state == .closeWait
      return ObservedSocket(socket, options: .unknown(isWaiting ? .notAccepted : .unowned))
    }
    let owning = owners[socket.inode]
    if socket.isMultipath {
      return ObservedSocket(socket, owners: owning, options: .unknown(.multipath))
    }
    for owner in owning {
      switch reader.reading(of: socket, by: owner) {
      case .known(let readings):
        return ObservedSocket(socket, owners: owning, options: .known(readings))
      case .unknown(let reason):
        return ObservedSocket(socket, owners: owning, options: .unknown(reason))
      case .gone: continue
      }
    }
    guard isThere(socket) else { return nil }
    // Where /proc hides the processes of others, there are none that could not be looked at.
    let isOthers = Credentials.user != 0 && Credentials.user != socket.user
    let reason = owners.unseenProcesses > 0 || isOthers ? OptionsUnknown.hidden : .ofNobodyHere
    return ObservedSocket(socket, owners: owning, options: .unknown(reason))
  }

  /// Returns whether a socket is still open, asked by what names it alone.
  private func isThere(_ socket: InetDiagSocket) -> Bool {
    do throws(SystemCallError) {
      return try diag.finds(socket)
    } catch {
      return true
    }
  }
}

import Linux
import Observations

/// Which processes have which sockets open, of all that this user may look at.
struct SocketOwners {
  /// In the order of the inodes: a dictionary of lists would be the larger part of the memory.
  private var owners: [(inode: UInt64, owner: SocketOwner)] = []
  /// How many processes may not be looked at; threads of the kernel are not counted.
  private(set) var unseenProcesses = 0
  private let procFS: ProcFS

  init(in procFS: ProcFS) {
    self.procFS = procFS
    for process in (try? procFS.processes()) ?? [] {
      do throws(SystemCallError) {
        try procFS.sockets(of: process) { descriptor, inode in
          owners.append((inode, SocketOwner(process: process, descriptor: descriptor)))
        }
      } catch  where error.code == .accessDenied || error.code == .notPermitted {
        if !procFS.isKernelThread(process) { unseenProcesses += 1 }
      } catch {}  // ended meanwhile
    }
    owners.sort { $0.inode < $1.inode }
  }

  /// Returns those of a socket, by its inode.
  subscript(inode: UInt32) -> [SocketOwner] {
    var (low, high) = (0, owners.count)
    while low < high {
      let middle = (low + high) / 2
      if owners[middle].inode < inode { low = middle + 1 } else { high = middle }
    }
    return owners[low...].prefix { $0.inode == inode }.map(\.owner)
  }

  /// Returns what is known of a process; nil if it has ended.
  func process(_ id: Int32) -> ObservedProcess? {
    guard let name = try? procFS.text("\(id)/comm", limit: 256) else { return nil }
    let groups = (try? procFS.text("\(id)/cgroup")) ?? ""
    return ObservedProcess(
      id: id, name: String(name.prefix { $0 != "\n" }),
      container: ContainerName(controlGroups: groups))
  }
}

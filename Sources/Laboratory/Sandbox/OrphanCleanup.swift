import Linux
import NetAddress
import Observations
import Probes
import TCPModel

/// Connections that are closed but not over; they keep their network namespace alive.
///
/// Those in TIME-WAIT do not: they go with it (`inet_twsk_purge`).
enum OrphanCleanup {
  private static let states: [TCPState] = [.finWait1, .finWait2, .lastAck, .closing]

  /// Ends those of the network namespace the process is in, where the kernel cannot destroy them at
  /// their next retransmission.
  static func end(files: ProcFS = ProcFS()) {
    // A dump walks the table of all namespaces, which is large.
    guard areThere(files), !areDestroyed() else { return }
    _ = try? files.write("1", to: "sys/\(SysctlKey.tcpOrphanRetries.path)")
  }

  /// Returns whether there may be any: nothing else is in use once all sockets are closed.
  private static func areThere(_ files: ProcFS) -> Bool {
    for (file, start) in [("sockstat", "TCP: inuse 0 "), ("sockstat6", "TCP6: inuse 0")] {
      guard let text = try? files.text("self/net/\(file)") else { return true }
      if !text.split(separator: "\n").contains(where: { $0.hasPrefix(start) }) { return true }
    }
    return false
  }

  private static func areDestroyed() -> Bool {
    do throws(SystemCallError) {
      var diag = try InetDiag()
      var areGone = true
      for family in [AddressFamily.v4, .v6] {
        var found: [InetDiagSocket] = []
        try diag.dump(family, in: states) { found.append($0) }
        for orphan in found where orphan.inode == 0 && orphan.timer != .timeWait {
          switch try diag.destroy(orphan) {
          case .destroyed, .gone: break
          case .notSupported, .notPermitted: areGone = false
          }
        }
      }
      return areGone
    } catch {
      return false
    }
  }
}

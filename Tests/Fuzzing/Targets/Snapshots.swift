import InputFiles
import TCPModel

extension FuzzTarget {
  /// What the command `snapshot` writes.
  static let snapshots = FuzzTarget("snapshots", rate: 300) { (bytes) throws(FuzzFault) in
    let snapshot: SettingsSnapshot
    do throws(SnapshotError) {
      snapshot = try SettingsSnapshot(decoding: bytes, source: "input")
    } catch {
      if error.description.isEmpty { throw FuzzFault("an error without a message") }
      return
    }
    try snapshot.check()
  }
}

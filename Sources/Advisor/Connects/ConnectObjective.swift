import NetAddress
import Observations
import TCPModel

/// A group that makes connections and asks something of it.
struct ConnectObjective {
  /// The profile's place among all.
  let index: Int
  let group: ConnectionGroup
  let objective: Objective
  /// What the program sets that decides how long it hangs.
  let sets: SocketOptions
  /// Whether its `remote`, if it has one, is a destination's.
  private let isRemote: (ProbedAddress) -> Bool

  /// Nil for a group that has nothing to do with connecting.
  init?(
    _ group: ConnectionGroup, of index: Int, lies: (String) -> (ProbedAddress) -> Bool
  ) {
    guard group.direction == .outbound, group.match.state != "listen",
      let objective = group.objectives.first(where: { $0.scenario == .connect }),
      !objective.bounds.isEmpty
    else { return nil }
    (self.index, self.group, self.objective) = (index, group, objective)
    sets = group.sets.deciding(.connect)
    isRemote = group.match.remote.map(lies) ?? { _ in true }
  }

  func speaks(of row: ProbedAddress) -> Bool {
    if let port = group.match.remotePort, (row.endpoint?.port).map({ Int($0) }) != port {
      return false
    }
    return isRemote(row)
  }

  /// Whether it asks for some destinations alone.
  var isChoosy: Bool { group.match.remote != nil || group.match.remotePort != nil }

  /// What it asks that a destination does not show.
  var unseen: [String] {
    let match = group.match
    return [
      match.process.map { _ in "process" }, match.user.map { _ in "user" },
      match.state.map { _ in "state" }, match.localPort.map { _ in "local_port" },
    ].compactMap { $0 }
  }
}

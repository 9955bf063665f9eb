import NetAddress
import Observations
import TCPModel

/// A group that makes connections and has an objective for `connect`.
struct ConnectObjective {
  /// The profile's place among all.
  let index: Int
  let group: ConnectionGroup
  let wanted: Objective
  /// What the program sets that decides how long it hangs.
  let sets: SocketOptions

  /// When the program gives up an address by itself; nil if it does not.
  var limit: Duration? { group.application.deadlines[.connect] }

  /// Returns nil for a group that has nothing to do with connecting.
  init?(_ group: ConnectionGroup, of index: Int) {
    guard group.direction == .outbound, group.match.state != .listen,
      let wanted = group.objectives.first(where: { $0.scenario == .connect }),
      !wanted.bounds.isEmpty
    else { return nil }
    (self.index, self.group, self.wanted) = (index, group, wanted)
    sets = group.sets.deciding(.connect)
  }

  /// Returns whether the group may speak of an attempt.
  func admits(_ row: ProbedAddress) -> Bool { admission(of: row) != .no }

  /// Returns the fields of `match` on which it depends whether the group speaks of an attempt,
  /// since an attempt shows nothing but its destination.
  func unseen(of row: ProbedAddress) -> [ConnectionGroup.Match.Field] {
    if case .unknown(let fields) = admission(of: row) { fields } else { [] }
  }

  private func admission(of row: ProbedAddress) -> ConnectionGroup.Match.Admission {
    group.match.admits(SocketIdentity(remote: row.endpoint))
  }
}

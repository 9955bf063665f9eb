import NetAddress
import Observations
import TCPModel

/// What has changed among sockets between two looks at them.
package struct SocketChanges: Sendable {
  /// A group of connections that has another size than before.
  package struct Count: Sendable {
    package let program: String?
    package let peer: SocketGroup.Peer
    package let before, now: Int
  }

  package let counts: [Count]
  /// Those that wait now and did not before.
  package let waiting: [JudgedSocket]
  /// Those that waited before: that are there still and wait no more, and that are gone.
  package let answered, gone: [JudgedSocket]

  package init(from before: [SocketReport], to now: [SocketReport]) {
    counts = Self.counts(before, now)
    let (waited, waits) = (before.flatMap(\.ongoing), now.flatMap(\.ongoing))
    let cookies = Set(waited.map(\.socket.table.cookie))
    waiting = waits.filter { !cookies.contains($0.socket.table.cookie) }
    let waitingCookies = Set(waits.map(\.socket.table.cookie))
    let live = Set(now.flatMap(\.sockets).map(\.socket.table.cookie))
    let ended = waited.filter { !waitingCookies.contains($0.socket.table.cookie) }
    answered = ended.filter { live.contains($0.socket.table.cookie) }
    gone = ended.filter { !live.contains($0.socket.table.cookie) }
  }

  private struct Key: Hashable {
    let program: String?
    let peer: SocketGroup.Peer
  }

  private static func counts(_ before: [SocketReport], _ now: [SocketReport]) -> [Count] {
    func sizes(_ reports: [SocketReport]) -> [Key: Int] {
      reports.flatMap(\.groups).reduce(into: [:]) { sizes, group in
        sizes[Key(program: group.program, peer: group.peer), default: 0] += group.sockets.count
      }
    }
    let (old, new) = (sizes(before), sizes(now))
    let keys = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    return keys.map { key in
      Count(program: key.program, peer: key.peer, before: old[key] ?? 0, now: new[key] ?? 0)
    }.sorted { abs($0.now - $0.before) > abs($1.now - $1.before) }
  }
}

import Linux
import NetAddress

/// Looks for the end of something that no descriptor stands for, most often when it is expected.
struct SocketPoller {
  /// Between two looks when the end is expected, and when it is not.
  static let often = Duration.milliseconds(4)
  static let seldom = Duration.milliseconds(250)

  let local, remote: Endpoint
  /// Since the start; in order.
  private let windows: [ClosedRange<Duration>]
  private let table: InetDiagClient
  /// When to look next, and before which look it was still there, since the start.
  private(set) var next: Duration
  private(set) var lastSeen = Duration.zero

  init(
    from local: Endpoint, to remote: Endpoint, expecting windows: [ClosedRange<Duration>],
    in table: InetDiagClient
  ) {
    (self.local, self.remote, self.windows, self.table) = (local, remote, windows, table)
    next = Self.next(after: .zero, expecting: windows)
  }

  /// Looks, at a time since the start, and returns whether it has gone.
  mutating func look(at time: Duration) throws(SystemCallError) -> Bool {
    next = Self.next(after: time, expecting: windows)
    let isThere = try table.holds(local, to: remote)
    if isThere { lastSeen = time }
    return !isThere
  }

  static func next(after time: Duration, expecting windows: [ClosedRange<Duration>]) -> Duration {
    guard let window = windows.first(where: { $0.upperBound > time }) else { return time + seldom }
    return window.contains(time)
      ? time + often : min(time + seldom, max(window.lowerBound, time + often))
  }
}

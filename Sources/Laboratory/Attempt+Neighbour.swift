import Linux
import TCPModel

extension Attempt {
  static func neighbour(_ live: LiveCase, _ client: OpenSocket, in room: Room)
    throws(SystemCallError) -> Attempt
  {
    guard let link = try room.link?.get(), let target = link.target(of: live) else {
      throw Self.needsTap(live)
    }
    if live.entry == .stale { try link.remember(target) }
    let start = Clock.monotonic.now
    try client.startConnecting(to: target)
    let attempt = try Attempt(live, client: client, to: target, start: start, in: room)
    link.add(attempt)
    return attempt
  }
}

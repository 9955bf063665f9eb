import Linux
import TCPModel

extension LiveRun {
  static func neighbour(_ live: RunRequest, _ client: SharedSocket, in testNamespace: TestNamespace)
    throws(SystemCallError) -> LiveRun
  {
    guard let link = try testNamespace.link?.get(), let target = link.target(of: live) else {
      throw Self.needsTap(live)
    }
    if live.entry == .stale { try link.remember(target) }
    let start = KernelClock.monotonic.now
    try client.startConnecting(to: target)
    let attempt = try LiveRun(live, client: client, to: target, start: start, in: testNamespace)
    link.add(attempt)
    return attempt
  }
}

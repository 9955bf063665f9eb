import Linux
import NetAddress
import Observations
import Probes
import TCPModel

extension LiveScenario {
  /// The far end of the link has the address, and the client's neighbour table says that somebody
  /// else has it, who is not there any more.
  static let movedAddress = LiveScenario(
    takesUnansweredLink: true,
    arrange: { (request, testNamespace) throws(SystemCallError) in
      guard let link = try testNamespace.link?.get(), let target = link.target(of: request) else {
        throw request.needsTap
      }
      let owner = try link.own(target)
      let run =
        request.activity == .connect
        ? try connecting(request, owner, over: link, in: testNamespace)
        : try established(request, owner, over: link, in: testNamespace)
      link.add(run, since: request.activity == .connect ? .zero : KernelClock.monotonic.now)
      if request.activity == .send { try run.write() }
      return run
    },
    classifyFrame: { frame, seen, client in
      if frame.kind == .question { return .neighbourProbe }
      // What reaches the new owner is the end.
      guard frame.destination == UnansweredLink.goneHardware else { return nil }
      return switch client {
      case .connect: seen.frames == 0 ? .syn : .retransmission
      case .idle: .keepaliveProbe
      case .send where seen.frames == 0: nil
      case .send, nil: seen.frames == 1 && seen.sendsLossProbes ? .lossProbe : .retransmission
      }
    })

  private static func connecting(
    _ request: RunRequest, _ owner: Listener, over link: UnansweredLink,
    in testNamespace: TestNamespace
  ) throws(SystemCallError) -> LiveRun {
    let client = try request.client()
    try link.remember(owner.address, as: request.entryState)
    let start = KernelClock.monotonic.now
    try client.startConnecting(to: owner.address)
    return try LiveRun(
      request, client: client, peer: owner.socket, to: owner.address, start: start,
      in: testNamespace)
  }

  /// The old owner's end vanishes without a word; the listener answers what comes with a reset.
  private static func established(
    _ request: RunRequest, _ owner: Listener, over link: UnansweredLink,
    in testNamespace: TestNamespace
  ) throws(SystemCallError) -> LiveRun {
    let client = try request.client()
    try client.descriptor.sendAtOnce()
    // Nobody has to ask for it first.
    try link.rememberFarEnd(owner.address)
    let start = KernelClock.monotonic.now
    try client.startConnecting(to: owner.address)
    let old = try owner.accept()
    let info = try client.descriptor.tcpInfo()
    try old.descriptor.vanishOnClose()
    try link.remember(owner.address, as: request.entryState)
    return try LiveRun(
      request, client: client, peer: owner.socket, to: owner.address,
      start: request.activity == .send ? KernelClock.monotonic.now : start, in: testNamespace,
      info: info)
  }
}

extension RunRequest {
  /// The entry of the old owner.
  fileprivate var entryState: Neighbour.State { entry == .reachable ? .reachable : .stale }
}

import Linux
import Observations
import Probes
import TCPModel

extension LiveRun {
  /// Begins a case in the network namespace the process is in.
  static func begin(_ live: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    if live.needsTap, testNamespace.tap(live.socketFamily) == nil { throw needsTap(live) }
    switch live.scenario {
    case .accept: return try accept(live, in: testNamespace)
    case .close: return try close(live, in: testNamespace)
    case .finWait: return try finWait(live, in: testNamespace)
    case .timeWait: return try timeWait(live, in: testNamespace)
    case .connect, .idle, .send, .zeroWindow, .neighbour: break
    }
    let client = try SharedSocket(live.socketFamily)
    if live.optionsSetAfter == .zero { try client.set(live.options) }
    switch live.scenario {
    case .idle: return try idle(live, client, in: testNamespace)
    case .send: return try send(live, client, in: testNamespace)
    case .zeroWindow: return try zeroWindow(live, client, in: testNamespace)
    case .neighbour: return try neighbour(live, client, in: testNamespace)
    case .connect, .accept, .close, .finWait, .timeWait:
      return try connect(live, client, in: testNamespace)
    }
  }

  /// What is known by the wire alone cannot be played where nobody may look at it.
  static func needsTap(_ live: RunRequest) -> SystemCallError {
    let subject = live.outage == nil ? live.scenario.rawValue : "an outage"
    return SystemCallError(
      call: "play", subject: "\(subject) without a tap", code: .notSupported)
  }

  private static func connect(
    _ live: RunRequest, _ client: SharedSocket, in testNamespace: TestNamespace
  )
    throws(SystemCallError) -> LiveRun
  {
    let listener = try silentListener(for: live, in: testNamespace)
    let start = KernelClock.monotonic.now
    try client.startConnecting(to: listener.address)
    return try LiveRun(
      live, client: client, peer: live.outage == nil ? nil : listener.socket,
      to: listener.address, start: start, in: testNamespace)
  }

  /// A listener that answers again some time must be the case's own.
  private static func silentListener(for live: RunRequest, in testNamespace: TestNamespace)
    throws(SystemCallError)
    -> Listener
  {
    guard live.outage != nil else { return try testNamespace.silentListener(live.socketFamily) }
    let listener = try Listener.answering(live.socketFamily)
    try listener.socket.descriptor.dropEverything()
    return listener
  }

  /// The connection's last activity is the handshake, which on loopback is over within `connect`.
  private static func idle(
    _ live: RunRequest, _ client: SharedSocket, in testNamespace: TestNamespace
  )
    throws(SystemCallError) -> LiveRun
  {
    let listener = try testNamespace.answeringListener(live.socketFamily)
    let start = KernelClock.monotonic.now
    try client.startConnecting(to: listener.address)
    let peer = try listener.accept()
    let info = try client.descriptor.tcpInfo()
    try peer.descriptor.dropEverything()
    let attempt = try LiveRun(
      live, client: client, peer: peer, to: listener.address, start: start,
      in: testNamespace, info: info)
    if live.optionsSetAfter > .zero { attempt.optionsDue = start + live.optionsSetAfter }
    return attempt
  }

  private static func send(
    _ live: RunRequest, _ client: SharedSocket, in testNamespace: TestNamespace
  )
    throws(SystemCallError) -> LiveRun
  {
    let listener = try testNamespace.answeringListener(live.socketFamily)
    try client.descriptor.sendAtOnce()
    try client.startConnecting(to: listener.address)
    let peer = try listener.accept()
    let info = try client.descriptor.tcpInfo()
    try peer.descriptor.dropEverything()
    let start = KernelClock.monotonic.now
    for _ in 0..<live.segments {
      try DescriptorIO.writeAll([UInt8(0)], to: client.descriptor.number, "\(listener.address)")
    }
    return try LiveRun(
      live, client: client, peer: peer, to: listener.address, start: start,
      in: testNamespace, info: info)
  }
}

extension LiveRun {
  /// An attempt whose client has a socket, with the port that the kernel gave it.
  convenience init(
    _ live: RunRequest, client: SharedSocket, peer: SharedSocket? = nil, to target: SocketAddress,
    start: Duration, in testNamespace: TestNamespace, info: TCPInfo? = nil
  ) throws(SystemCallError) {
    let ends = Segment.Ends(from: try client.descriptor.localAddress(), to: target)
    self.init(
      live, client: client, peer: peer, ends: ends, start: start, in: testNamespace, info: info)
  }
}

extension Segment.Ends {
  init(from source: SocketAddress, to target: SocketAddress) {
    self.init(
      isIPv6: source.family == .v6, source: source.port, destination: target.port)
  }
}

extension RunRequest {
  var socketFamily: SocketAddress.Family { family == .v4 ? .v4 : .v6 }

  fileprivate var needsTap: Bool {
    switch scenario {
    case .connect, .idle, .send: outage != nil
    case .neighbour: false
    case .accept, .zeroWindow, .close, .finWait, .timeWait: true
    }
  }
}

extension SharedSocket {
  func set(_ options: SocketOptions) throws(SystemCallError) {
    for (option, value) in options.sorted {
      try descriptor.set(option, to: value)
    }
  }

  /// Connected at once, as loopback may be, or under way: SO_ERROR tells in the end.
  func startConnecting(to target: SocketAddress) throws(SystemCallError) {
    if case .failed(let code) = descriptor.connect(to: target) {
      throw SystemCallError(call: "connect", subject: "\(target)", code: code)
    }
  }
}

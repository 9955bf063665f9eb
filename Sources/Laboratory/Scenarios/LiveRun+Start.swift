import Linux
import NetAddress
import Observations
import Probes
import TCPModel

extension LiveRun {
  /// Begins what is requested in the network namespace the process is in.
  static func begin(_ request: RunRequest, in testNamespace: TestNamespace) throws(SystemCallError)
    -> LiveRun
  {
    let scenario = request.scenario.live
    if scenario.isOnWireAlone || request.outage != nil || request.box != nil,
      testNamespace.tap(request.socketFamily) == nil
    {
      throw request.needsTap
    }
    return try scenario.arrange(request, testNamespace)
  }

  /// A run whose client has a socket, with the port that the kernel gave it.
  convenience init(
    _ request: RunRequest, client: SharedSocket, peer: SharedSocket? = nil,
    to target: Endpoint, start: Duration, in testNamespace: TestNamespace,
    info: TCPInfo? = nil
  ) throws(SystemCallError) {
    let endpoints = Segment.Endpoints(from: try client.descriptor.localAddress(), to: target)
    self.init(
      request, client: client, peer: peer, endpoints: endpoints, start: start, in: testNamespace,
      info: info)
  }

  /// A run that ends without a descriptor that would tell: its end is looked for.
  convenience init(
    unseen request: RunRequest, peer: SharedSocket, from local: Endpoint,
    to remote: Endpoint, start: Duration, in testNamespace: TestNamespace,
    info: TCPInfo? = nil
  ) throws(SystemCallError) {
    let poller = SocketPoller(
      from: local, to: remote, expecting: request.endWindows,
      in: try testNamespace.socketTable())
    self.init(
      request, peer: peer, endpoints: Segment.Endpoints(from: local, to: remote), start: start,
      in: testNamespace, info: info, poller: poller)
  }
}

extension LiveRun {
  /// Puts the device that is requested between its two ends; one that ends connections itself is the
  /// peer, and answers for as long as it likes.
  func placeBox(in testNamespace: TestNamespace) throws(SystemCallError) {
    guard let box = request.box, let client, let peer else { return }
    guard box.expiry != .close else {
      boxCloseDue = start + box.memory
      return
    }
    let family = request.socketFamily
    relay = try ForgettingRelay(
      box, between: [client, peer], since: start, over: family,
      sendingBy: try testNamespace.relayOutput(family))
  }
}

extension Segment.Endpoints {
  init(from source: Endpoint, to target: Endpoint) {
    self.init(
      isIPv6: source.family == .v6, source: source.port, destination: target.port)
  }
}

extension RunRequest {
  var socketFamily: AddressFamily { family == .v4 ? .v4 : .v6 }

  /// Returns a client's socket; with the options, but for those that are set later.
  func client() throws(SystemCallError) -> SharedSocket {
    let client = try SharedSocket(socketFamily)
    if optionsSetAfter == .zero { try client.set(options) }
    return client
  }

  /// What is known by the wire alone cannot be run where nobody may look at it.
  var needsTap: SystemCallError {
    let subject =
      outage != nil ? "an outage" : box != nil ? "a device that forgets" : scenario.rawValue
    return SystemCallError(
      call: "run", subject: "\(subject) without a tap", code: .notSupported)
  }
}

extension SharedSocket {
  func set(_ options: SocketOptions) throws(SystemCallError) {
    for (option, value) in options.sorted {
      try descriptor.set(option, to: value)
    }
  }

  /// Connected at once, as loopback may be, or under way: SO_ERROR tells in the end.
  func startConnecting(to target: Endpoint) throws(SystemCallError) {
    if let code = descriptor.connect(to: target).error {
      throw SystemCallError(call: "connect", subject: "\(target)", code: code)
    }
  }
}

import Linux

extension FactRun {
  /// Does one step.
  /// - Returns: what came of it; nil where a step has no result.
  func perform(_ call: FactStep.Call) throws(SystemCallError) -> String? {
    switch call {
    case .wait: return nil
    case .new: try scene.beginAnother()
    case .accept: _ = try scene.peerSocket()
    case .option(let row): option = row
    case .peerShutdown: try scene.peerSocket().descriptor.shutDownSending()
    case .peerSilent: try scene.peerSocket().descriptor.dropEverything()
    case .peerReset:
      try scene.peerSocket().descriptor.dropOnClose()
      scene.closePeer()
    case .peerVanish:
      try scene.peerSocket().descriptor.vanishOnClose()
      scene.closePeer()
    case .icmp(let type, let code): try scene.sendMessage(type: type, code: code)
    case .sysctl(let key, let value): try setSysctl(key, to: value)
    case .answer: try scene.openListener().descriptor.dropNothing()
    case .refuse: scene.closeListener()
    case .bind(let isGiven): try scene.bind(toGiven: isGiven)
    default: return try result(of: call)
    }
    return nil
  }

  private func result(of call: FactStep.Call) throws(SystemCallError) -> String {
    switch call {
    case .connect(let target): try connect(to: target)
    case .blockingConnect(let target): try connect(to: target, alarm: .milliseconds(500))
    case .interruptedConnect(let target): try connect(to: target, alarm: .milliseconds(20))
    case .port: try scene.portIsFirst() ? "first" : "other"
    case .resets: "\(try scene.resets())"
    case .cost(let target): try FactCost.ratio(to: try scene.address(of: target))
    case .setListener(let value):
      try row.answer(
        setting: value, on: scene.futureListener().descriptor)
    case .peerSend, .peerReceive, .peerEpoll, .peerGet:
      try result(of: call, on: scene.peerSocket().descriptor)
    default: try result(of: call, on: scene.client().descriptor)
    }
  }

  private func result(of call: FactStep.Call, on socket: borrowing Descriptor)
    throws(SystemCallError) -> String
  {
    switch call {
    case .disconnect: return Self.text(socket.answerToDisconnect())
    case .send, .peerSend: return socket.answerToSend()?.name ?? "1"
    case .receive, .peerReceive:
      let (count, error) = socket.receiveSome()
      return error?.name ?? "\(count)"
    case .epoll, .peerEpoll:
      return "0x" + String(try socket.readiness().rawValue, radix: 16)
    case .pendingError: return Self.text(try socket.pendingError())
    case .get, .peerGet: return try row.answer(reading: socket)
    case .set(let value): return try row.answer(setting: value, on: socket)
    default: throw SystemCallError(call: "play", subject: "\(call)", code: .notSupported)
    }
  }

  private func connect(to target: FactStep.Target, alarm: Duration? = nil)
    throws(SystemCallError) -> String
  {
    let address = try scene.address(of: target)
    let socket = try scene.client()
    let answer =
      if let alarm {
        try socket.descriptor.answer(connectingTo: address, untilAlarmAfter: alarm)
      } else {
        socket.descriptor.answer(connectingTo: address)
      }
    if scene.firstPort == nil { scene.firstPort = try socket.descriptor.localAddress().port }
    return Self.text(answer)
  }

  private static func text(_ answer: Errno?) -> String { answer?.name ?? "0" }

  /// The option that a step is about.
  private var row: OptionRow {
    get throws(SystemCallError) {
      guard let option else {
        throw SystemCallError(call: "play", subject: "no option named", code: .invalidArgument)
      }
      return option
    }
  }
}

import Linux
import NetAddress
import TCPModel

extension FactRun {
  /// Does one step.
  /// - Returns: what came of it; nil if a step has no result.
  func perform(_ words: [String], _ step: String) throws(SystemCallError) -> String? {
    switch words.count {
    case 1: return try perform(step)
    case 2: return try perform(words[0], words[1])
    default: return try perform(words[0], words[1], words.dropFirst(2).joined(separator: " "))
    }
  }

  private func perform(_ step: String) throws(SystemCallError) -> String? {
    switch step {
    case "new": try scene.beginAnother()
    case "accept": _ = try scene.peerSocket()
    case "answer": try scene.openListener().descriptor.dropNothing()
    case "refuse": scene.closeListener()
    case "port": return try scene.portIsFirst() ? "first" : "other"
    case "resets": return "\(try scene.resets())"
    default: return try ask(step, scene.client().descriptor)
    }
    return nil
  }

  private func perform(_ verb: String, _ object: String) throws(SystemCallError) -> String? {
    switch (verb, object) {
    case ("connect", _): return try connect(to: object)
    case ("set", _):
      return try knownOption.answer(setting: try number(object), on: scene.client().descriptor)
    case ("bind", _): try scene.bind(toGiven: object == "given")
    case ("option", _): option = SocketOptionInfo(named: object)
    case ("peer", "shutdown"): try scene.peerSocket().descriptor.shutDownSending()
    case ("peer", "silent"): try scene.peerSocket().descriptor.dropEverything()
    case ("peer", "reset"):
      try scene.peerSocket().descriptor.dropOnClose()
      scene.closePeer()
    case ("peer", "vanish"):
      try scene.peerSocket().descriptor.vanishOnClose()
      scene.closePeer()
    case ("peer", _): return try ask(object, scene.peerSocket().descriptor)
    default: throw Self.noStep("\(verb) \(object)")
    }
    return nil
  }

  private func perform(_ verb: String, _ object: String, _ rest: String)
    throws(SystemCallError) -> String?
  {
    switch verb {
    case "blocking": return try connect(to: rest, alarm: .milliseconds(500))
    case "interrupted": return try connect(to: rest, alarm: .milliseconds(20))
    case "listener":
      return try knownOption.answer(
        setting: try number(rest), on: scene.futureListener().descriptor)
    case "sysctl": try setSysctl(object, to: rest)
    case "icmp":
      try scene.sendMessage(
        type: UInt8(clamping: try number(object)), code: UInt8(clamping: try number(rest)))
    default: throw Self.noStep("\(verb) \(object) \(rest)")
    }
    return nil
  }

  /// Returns a step that either end of a connection can do.
  private func ask(_ step: String, _ socket: borrowing Descriptor) throws(SystemCallError)
    -> String
  {
    switch step {
    case "disconnect": return Self.text(socket.tryDisconnect())
    case "send": return socket.trySend()?.name ?? "1"
    case "recv":
      let (count, error) = socket.receiveSome()
      return error?.name ?? "\(count)"
    case "epoll": return "0x" + String(try socket.readiness().rawValue, radix: 16)
    case "SO_ERROR": return Self.text(try socket.pendingError())
    case "get": return try knownOption.answer(reading: socket)
    default: throw Self.noStep(step)
    }
  }

  private func connect(to target: String, alarm: Duration? = nil) throws(SystemCallError)
    -> String
  {
    let address = try scene.address(of: target)
    let socket = try scene.client()
    let answer =
      if let alarm {
        try socket.descriptor.tryConnect(to: address, untilAlarmAfter: alarm)
      } else {
        socket.descriptor.startConnecting(to: address)
      }
    if scene.firstPort == nil { scene.firstPort = try socket.descriptor.localAddress().port }
    return Self.text(answer)
  }

  private static func text(_ answer: Errno?) -> String { answer?.name ?? "0" }

  private func number(_ word: String) throws(SystemCallError) -> Int {
    guard let number = Int(word) else { throw Self.noStep(word) }
    return number
  }

  /// The option that a step is about.
  private var knownOption: SocketOptionInfo {
    get throws(SystemCallError) {
      guard let option else { throw Self.noStep("get, set") }
      return option
    }
  }
}

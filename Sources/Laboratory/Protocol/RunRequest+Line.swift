import Linux
import NetAddress
import TCPModel

extension RunRequest {
  /// Stands for the outage that is none because it never ends.
  private static let endless = "endless"

  var line: String {
    let required = [
      "\(number)", "\(settings)", scenario.rawValue, family.rawValue, "\(segments)",
      "\(optionsSetAfter.saturatingNanoseconds)",
      outage.map { "\($0.saturatingNanoseconds)" } ?? Self.endless,
    ]
    let options = options.sorted.map { "\($0.option)=\($0.value)" }
    return (required + parts + options).joined(separator: " ")
  }

  /// What only some scenarios need.
  private var parts: [String] {
    var parts: [String] = []
    switch receiverFate {
    case .dies(.zero), .diesAtWorstMoment: break
    case .dies(let time): parts.append("dies-after=\(time.saturatingNanoseconds)")
    case .diesAnswering(let probe): parts.append("dies-answering=\(probe)")
    case .survives: parts.append("dies=never")
    }
    if let box {
      let time = box.memory.saturatingNanoseconds
      let counts = box.countsKeepalive ? "keepalive" : "data"
      parts.append("box=\(time),\(counts),\(box.expiry.rawValue),\(box.lostSegments)")
    }
    if entry != .none { parts.append("entry=\(entry.rawValue)") }
    if let activity { parts.append("client=\(activity.rawValue)") }
    for window in endWindows {
      parts.append(
        "ends=\(window.lowerBound.saturatingNanoseconds)..\(window.upperBound.saturatingNanoseconds)"
      )
    }
    return parts
  }

  init(from scanner: inout LineScanner) throws(MalformedLine) {
    number = try scanner.number()
    settings = try scanner.number()
    scenario = try scanner.choice()
    family = try scanner.choice()
    segments = try scanner.number()
    optionsSetAfter = try scanner.time()
    outage = try scanner.time(unless: Self.endless)
    options = SocketOptions()
    while !scanner.isEmpty {
      let parts = try scanner.word().split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, take(parts[1], as: parts[0]) else { throw scanner.malformed }
    }
  }

  /// - Returns: false when it cannot be that.
  private mutating func take(_ value: String, as name: String) -> Bool {
    switch name {
    case "dies-after":
      guard let time = Self.number(value) else { return false }
      receiverFate = .dies(after: .nanoseconds(time))
      return true
    case "dies-answering":
      guard let probe = Self.number(value) else { return false }
      receiverFate = .diesAnswering(probe: probe)
      return true
    case "dies":
      receiverFate = .survives
      return value == "never"
    case "box":
      box = Self.box(value)
      return box != nil
    case "entry":
      guard let state = NeighbourEntry(rawValue: value), state != .none else { return false }
      entry = state
      return true
    case "client":
      activity = ClientActivity(rawValue: value)
      return activity != nil
    case "ends": return take(window: value)
    default:
      guard let option = SocketOption(named: name), let value = Int(value),
        CInt(exactly: value) != nil, options[option] == nil
      else { return false }
      options[option] = value
      return true
    }
  }

  /// Returns a device as `line` writes it; nil if it is none.
  private static func box(_ text: String) -> ForgettingBox? {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 4, let time = number(words[0]), ["keepalive", "data"].contains(words[1]),
      let expiry = ForgettingBox.Expiry(rawValue: words[2]), let lost = number(words[3])
    else { return nil }
    return ForgettingBox(
      memory: .nanoseconds(time), expiry: expiry, countsKeepalive: words[1] == "keepalive",
      lostSegments: lost)
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    Int(text).flatMap { $0 >= 0 ? $0 : nil }
  }

  private mutating func take(window: String) -> Bool {
    let bounds = window.split(separator: ".").compactMap(Self.number)
    guard bounds.count == 2, let first = bounds.first, let last = bounds.last,
      first <= last, endWindows.last.map({ $0.upperBound < .nanoseconds(first) }) ?? true
    else { return false }
    endWindows.append(.nanoseconds(first)...(.nanoseconds(last)))
    return true
  }
}

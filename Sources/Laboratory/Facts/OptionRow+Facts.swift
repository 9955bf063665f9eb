import TCPModel

extension OptionRow {
  /// What an unset one reads, what it accepts, what accepted sockets inherit, what a disconnect
  /// leaves.
  func facts(under rules: KernelRules?) -> [SocketFact] {
    func fact(_ about: String, _ steps: String, isKnown: Bool = true) -> SocketFact {
      let since = isKnown ? since : KernelVersion(6, 18)
      return SocketFact("\(name).\(about)", steps, doubt: SocketFact.doubt(since, rules))
    }
    let tries = tries.map { "set \($0): \($1)" }.joined(separator: ", ")
    let value = "\(sample)"
    // Whoever defers accepting waits for data.
    let data = name == "TCP_DEFER_ACCEPT" ? ", send: 1" : ""
    return [
      fact("unset", "option \(name), \(unset)"),
      fact("range", "option \(name), \(tries)"),
      fact(
        "inherited",
        "option \(name), listener set \(value): \(value), connect open: EINPROGRESS\(data), accept,"
          + " peer get: \(accepted ?? value)",
        isKnown: !Self.inheritanceSeenOnly.contains(name)),
      fact(
        "disconnected",
        "option \(name), set \(value): \(value), connect open: EINPROGRESS, disconnect: 0,"
          + " get: \(disconnected ?? value)",
        isKnown: Self.disconnectRead.contains(name)),
    ]
  }

  /// Whose inheritance was seen on Linux 6.18, and nobody knows since when it is so.
  private static let inheritanceSeenOnly = [
    "TCP_DEFER_ACCEPT", "TCP_FASTOPEN_CONNECT", "TCP_QUICKACK", "SO_SNDTIMEO", "SO_REUSEADDR",
    "IP_BIND_ADDRESS_NO_PORT", "IP_LOCAL_PORT_RANGE",
  ]

  /// What `tcp_disconnect` is known to do with; the others were seen on Linux 6.18.
  private static let disconnectRead = [
    "SO_KEEPALIVE", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_SYNCNT",
    "TCP_USER_TIMEOUT", "TCP_RTO_MAX_MS", "TCP_RTO_MIN_US", "TCP_DELACK_MAX_US",
  ]
}

extension SocketFact {
  /// Why a claim that holds from a release on may not hold here.
  static func doubt(_ since: KernelVersion?, _ rules: KernelRules?) -> String? {
    guard let since else { return nil }
    guard let rules else { return "it is not known which kernel this is" }
    return rules.release < since ? "known from Linux \(since) on" : nil
  }

  /// The facts of all options.
  static func ofOptions(under rules: KernelRules?) -> [SocketFact] {
    OptionRow.all.flatMap { $0.facts(under: rules) } + ofJiffies(under: rules)
      + [
        SocketFact(
          "TCP_FASTOPEN_CONNECT.connected",
          "option TCP_FASTOPEN_CONNECT, connect open: EINPROGRESS, epoll: 0x4, set 1: EINVAL",
          doubt: doubt(KernelVersion(4, 11), rules)),
        SocketFact(
          "TCP_FASTOPEN_CONNECT.disabled",
          "sysctl net.ipv4.tcp_fastopen 0, option TCP_FASTOPEN_CONNECT, set 1: EOPNOTSUPP",
          doubt: doubt(KernelVersion(4, 15), rules)),
      ]
  }

  /// What is rounded up to whole ticks; no wait is shorter than two (`TCP_TIMEOUT_MIN`).
  private static func ofJiffies(under rules: KernelRules?) -> [SocketFact] {
    let hertz = rules.flatMap { $0.tickRates.count == 1 ? $0.tickRates[0].hertz : nil } ?? 0
    let isWhole = hertz > 0 && 1000 % hertz == 0
    let tick = isWhole ? 1_000_000 / hertz : 4000
    let doubt =
      doubt(KernelVersion(6, 15), rules) ?? (isWhole ? nil : "a tick is no whole millisecond")
    let (least, longest) = (tick + 1, (4001 * 1000 + tick - 1) / tick * tick / 1000)
    return ["TCP_RTO_MIN_US", "TCP_DELACK_MAX_US"].map {
      SocketFact(
        "\($0).least", "option \($0), set \(tick): EINVAL, set \(least): \(2 * tick)", doubt: doubt)
    } + [
      SocketFact(
        "TCP_RTO_MAX_MS.rounded", "option TCP_RTO_MAX_MS, set 4001: \(longest)", doubt: doubt)
    ]
  }
}

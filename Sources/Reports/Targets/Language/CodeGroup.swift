import Advisor
import TCPModel

/// What code does for a group of connections, in numbers.
struct CodeGroup {
  struct Option {
    let option: SocketOption
    let value: Int
    /// What it changes, as far as no option before it has said so.
    let reasons: [String]

    /// `TCP_KEEPIDLE: 60 s`.
    var note: String { "\(option.name): \(option.text(of: value))" }
  }

  let group: ConnectionGroup
  /// In the order in which they are set; before connect, or on a listener.
  let before: [Option]
  /// Once the connection stands.
  let after: [Option]
  /// For one address, in milliseconds; nil: as long as the kernel tries.
  let deadline: Int?
  /// How long nothing may pass before something is sent, in milliseconds; nil if nothing need be.
  let heartbeat: Int?
  /// The silence before the first keepalive probe that the host is to have, in seconds.
  let idleOfHost: Int
  /// What is required and what comes of it, in sentences.
  let notes: [String]
}

extension CodeGroup {
  /// Code that does all that is planned.
  init(_ group: ConnectionGroup, in plan: PortablePlan) {
    let options = plan.annotatedOptions(of: group)
    let deadline = plan.plan.deadlines.first { $0.group == group.name }?.time
    self.group = group
    before = Self.options(options.filter { $0.when != .afterConnect })
    after = Self.options(options.filter { $0.when == .afterConnect })
    self.deadline = (deadline ?? group.application.connectTimeout)?.wholeMilliseconds
    heartbeat = group.neededHeartbeat?.wholeMilliseconds
    idleOfHost = plan.idleOfHost
    notes = Self.notes(group, nil)
  }

  /// Code by a library that cannot do all.
  init(_ settings: ProgramSettings, in plan: PortablePlan) {
    group = settings.group
    before = SocketOption.all.compactMap { option in
      settings[option].map { Option(option: option, value: $0, reasons: []) }
    }
    after = []
    deadline = settings.connectTimeout?.wholeMilliseconds
    heartbeat = group.neededHeartbeat?.wholeMilliseconds
    idleOfHost = plan.idleOfHost
    notes = Self.notes(group, settings.findings)
  }

  private static func options(_ options: [AnnotatedOption]) -> [Option] {
    var said: Set<String> = []
    return options.compactMap { entry in
      guard case .option(let option, let value) = entry.setting else { return nil }
      return Option(
        option: option, value: value, reasons: entry.reasons.filter { said.insert($0).inserted })
    }
  }

  private static func notes(_ group: ConnectionGroup, _ findings: [Finding]?) -> [String] {
    let who = group.direction == .inbound ? ", for the listening socket" : ""
    // What only a heartbeat helps is said below.
    let judged = (findings ?? []).filter { $0.scenario != nil && !$0.isUnknown }
    let outcomes = judged.map(\.outcomeText)
    let boxes = group.middleboxes.filter { !$0.tcpKeepaliveCounts }.map {
      "\($0.name) forgets after \($0.idleTimeout.text) of silence, and TCP keepalive does not count"
        + " there: a heartbeat of the program's own must pass."
    }
    return ["\(group.name)\(who)"] + outcomes + boxes
  }
}

extension PortablePlan {
  fileprivate var idleOfHost: Int {
    sysctls[.tcpKeepaliveTime]?.number
      ?? SysctlCatalog[.tcpKeepaliveTime]?.defaultValue.flatMap { Int($0) } ?? 7200
  }
}

extension ConnectionGroup {
  /// How often something must be sent so that each device still knows the connection if one is lost;
  /// nil where keepalive does that, or nothing need be done.
  fileprivate var neededHeartbeat: Duration? {
    let longest = middleboxes.filter { !$0.tcpKeepaliveCounts }.map(\.longestIdle).min()
    return [application.heartbeat, longest].compactMap(\.self).min()
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int { Int((seconds * 1000).rounded()) }
}

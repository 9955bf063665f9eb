/// One way a connection fails. What is known of each is its `definition`.
package enum Scenario: String, CaseIterable, Sendable {
  /// `connect()` to a host that stays silent.
  case connect
  /// `connect()` to an address on the local link where nobody lives.
  case neighbour
  /// The peer's address moved to another host, and nobody said so.
  case movedAddress = "moved-address"
  /// A client's last ACK never comes (SYN-RECV).
  case accept
  /// Established, nothing to send, peer silently gone.
  case idle
  /// Established, data unacknowledged, peer silently gone.
  case send
  /// The peer's window is closed and it dies, or stays closed.
  case zeroWindow = "zero-window"
  /// Closed locally with data unacknowledged (orphan).
  case close
  /// We closed, the peer acknowledged and never closes.
  case finWait = "fin-wait"
  /// After an orderly close.
  case timeWait = "time-wait"

  /// The one list of definitions.
  package var definition: ScenarioDefinition {
    switch self {
    case .connect: .connect
    case .neighbour: .neighbour
    case .movedAddress: .movedAddress
    case .accept: .accept
    case .idle: .idle
    case .send: .send
    case .zeroWindow: .zeroWindow
    case .close: .close
    case .finWait: .finWait
    case .timeWait: .timeWait
    }
  }

  package var summary: String { definition.summary }
  package var sysctls: [SysctlKey] { definition.sysctls }

  /// Returns whether a detail matters to it.
  package func depends(on detail: Experiment.Details) -> Bool {
    definition.details.contains(detail)
  }

  /// Whether it is an attempt to connect: a program tries the addresses of a name in turn, each for so
  /// long as its own limit allows.
  package var isOfConnecting: Bool { definition.opener == .client }

  /// The scenarios that end with one limit of the program's own: an attempt to connect has one,
  /// whatever makes it hang.
  package var withSameDeadline: [Scenario] {
    isOfConnecting ? Self.allCases.filter(\.isOfConnecting) : [self]
  }

  /// The sysctls of the neighbour tables that decide a scenario.
  package static let neighbourSysctls = Set(
    allCases.flatMap(\.sysctls).filter { $0.family != nil }
  ).sorted()

  /// Returns whether a setting is told by what becomes of it here; that of a client is told by the
  /// scenario of what the client does.
  package func tells(_ setting: Setting) -> Bool {
    switch setting {
    case .sysctl(let key): sysctls.contains(key) && (key.family != nil || !depends(on: .client))
    case .option(let option): option.decides(self) && !depends(on: .client)
    }
  }

  /// Returns the scenarios to which a detail matters.
  package static func depending(on detail: Experiment.Details) -> [Scenario] {
    allCases.filter { $0.depends(on: detail) }
  }
}

extension Experiment {
  /// What an experiment says, beside settings, that matters to some scenarios alone.
  package struct Details: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The retransmission timeout of the path. Elsewhere its longest round trip only says which
    /// answers come in time.
    package static let retransmissionTimeout = Details(rawValue: 1)
    /// How many segments are in flight.
    package static let segments = Details(rawValue: 2)
    /// A peer that comes back: that it is survived can be watched.
    package static let outage = Details(rawValue: 4)
    /// When the program sets its options.
    package static let lateOptions = Details(rawValue: 8)
    package static let receiverFate = Details(rawValue: 16)
    package static let family = Details(rawValue: 32)
    package static let neighbourEntry = Details(rawValue: 64)
    /// A device on the path that forgets a silent connection.
    package static let box = Details(rawValue: 128)
    /// What the client does meanwhile.
    package static let client = Details(rawValue: 256)
  }

  /// Returns whether an option decides it, on the socket that it happens to.
  package func isDecided(by option: SocketOption) -> Bool {
    option.decides(scenario) && (!scenario.depends(on: .client) || option.decides(client.scenario))
  }

  /// The sysctls that decide it: those of the scenario that its kernel looks at there, and of the
  /// neighbours those of its own family alone, of those of clients those of its own.
  package var decidingSysctls: [SysctlKey] {
    let rules: KernelRules? = try? KernelRules(of: snapshot)
    return scenario.sysctls.filter { key in
      guard key.family ?? family == family,
        key.family != nil || !scenario.depends(on: .client) || client.scenario.sysctls.contains(key)
      else { return false }
      guard let rules, let feature = scenario.definition.neededFeatures[key] else { return true }
      return rules.has(feature)
    }
  }
}

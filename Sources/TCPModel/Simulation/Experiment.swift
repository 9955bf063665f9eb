package import NetAddress

/// A scenario with the settings it happens under: what the laboratory runs live and the model
/// simulates.
package struct Experiment: Sendable {
  package var scenario: Scenario
  package var snapshot: SettingsSnapshot
  package var options: SocketOptions
  /// How long after the connection's last activity the program sets its options; zero: before.
  package var optionsSetAfter = Duration.zero
  /// How long the peer stays silent, from the moment that is hardest to outlive; nil: for ever.
  package var outage: Duration?
  package var family: AddressFamily
  package var path: Path
  /// A device that forgets the connection while the peer lives; nil: none, and the peer is gone.
  /// Timelines are those of a peer that is gone; `Timeline.behind` says what comes of the device.
  package var box: ForgettingBox?
  /// What the peer of a `zero-window` does.
  package var receiverFate = ReceiverFate.dies(after: .zero)
  /// How exact its timeline is to be.
  package var precision = Precision.exact
  /// What is known of the address that the client of a `neighbour` or `moved-address` sends to.
  package var neighbourEntry: NeighbourEntry
  /// What the client of a `moved-address` does.
  package var client = ClientActivity.send

  package init(
    _ scenario: Scenario, in snapshot: SettingsSnapshot, options: SocketOptions = SocketOptions(),
    family: AddressFamily = .v4, path: Path = Path()
  ) {
    (self.scenario, self.options) = (scenario, options)
    self.snapshot =
      scenario.depends(on: .neighbourEntry) ? snapshot.decidingAboutNeighbours() : snapshot
    (self.family, self.path) = (family, path)
    neighbourEntry = scenario.definition.usualEntry
  }

  /// Returns the number a sysctl holds; throws what keeps it, or what becomes of it, from being
  /// known.
  func value(_ key: SysctlKey) throws(Unknown) -> Int {
    let number = try uncheckedValue(key)
    guard let sysctl = SysctlCatalog[key], let range = sysctl.range, !range.contains(number) else {
      return number
    }
    throw Unknown(
      "\(key) = \(number) is outside \(range.lowerBound) to \(range.upperBound), and what comes of it"
        + " is not modelled")
  }

  /// Returns the same, whatever kernels of today accept.
  func uncheckedValue(_ key: SysctlKey) throws(Unknown) -> Int {
    switch snapshot[key] {
    case .value(.number(let number)): return number
    case .value(let value): throw Unknown("\(key) is no number but “\(value)”")
    case .absent: throw Unknown(snapshot.absence(of: key))
    case .denied(let errno): throw Unknown("\(key) could not be read: \(errno)")
    case .malformed(let text): throw Unknown("\(key) is malformed: “\(text)”")
    }
  }

  /// Returns a sysctl and the number it holds; throws what keeps it from being known.
  func setting(_ key: SysctlKey) throws(Unknown) -> SettingValue {
    SettingValue(.sysctl(snapshot.decidingKey(key)), try value(key))
  }

  /// Returns an option, zero where the program does not set it.
  func setting(_ option: SocketOption) -> SettingValue {
    SettingValue(.option(option), options[option] ?? 0)
  }

  /// Returns the option where the program sets it, else the sysctl that stands in for it.
  func setting(_ option: SocketOption, else key: SysctlKey) throws(Unknown) -> SettingValue {
    if let value = options[option] { return SettingValue(.option(option), value) }
    return try setting(key)
  }
}

/// Why a time cannot be known.
package struct Unknown: Error, Hashable, Sendable {
  package let reason: String
  /// What it has cost to find out.
  let effort: Effort

  package init(_ reason: String) { self.init(reason, after: Effort()) }

  init(_ reason: String, after effort: Effort) { (self.reason, self.effort) = (reason, effort) }
}

import TCPModel

/// The order in which groups of connections are shown.
package enum SocketOrder: String, CaseIterable, Sendable {
  /// What needs attention most.
  case attention
  /// The most connections.
  case count
  /// The name of the program, and then the peer's.
  case program
  /// The latest to notice a peer that is gone while idle.
  case idle
  /// The latest to notice it while data is unacknowledged.
  case send
}

extension SocketGroup {
  /// Returns groups in another order; those that are equal in it stay as they were.
  static func sorted(_ groups: [SocketGroup], by order: SocketOrder) -> [SocketGroup] {
    switch order {
    case .attention: groups
    case .count: groups.sorted { $0.sockets.count > $1.sockets.count }
    case .program: groups.sorted { ($0.program ?? "") < ($1.program ?? "") }
    case .idle: groups.sorted { $0.delay(in: .idle) > $1.delay(in: .idle) }
    case .send: groups.sorted { $0.delay(in: .send) > $1.delay(in: .send) }
    }
  }

  /// In seconds; for ever is the longest, and what is not known comes last.
  private func delay(in scenario: Scenario) -> Double {
    switch forecast(scenario)?.timeToEnd.ends {
    case .never?, .maybeNever?: .infinity
    case .always?: (forecast(scenario)?.timeToEnd.range?.latest ?? .zero) / .seconds(1)
    case .unknown?, nil: -1
    }
  }
}

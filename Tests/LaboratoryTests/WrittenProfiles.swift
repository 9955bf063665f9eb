import Advisor
import TCPModel

/// Profiles whose objectives are short enough to be measured whole.
enum WrittenProfiles {
  /// What programs set.
  static let options: [Profile] = [
    profile("syn-count", canSet: [.synCount], [connect]),
    profile("connect-timeout", canSet: [.userTimeout], [connect, send]),
    profile(
      "single-timeout", canSet: [.userTimeout], hasSingleUserTimeout: true,
      [objective(.connect, within: 5, survive: 1), objective(.send, within: 5, survive: 1)]),
    profile("user-timeout", canSet: [.userTimeout], [send]),
    profile("keepalive", sets: quick, canSet: [.keepInterval, .keepCount], [idle]),
    profile(
      "keepalive-and-timeout", sets: quick, canSet: [.keepInterval, .keepCount, .userTimeout],
      [connect, idle, objective(.send, within: 6, survive: 2)]),
  ]

  /// What the host sets.
  static let sysctls: [Profile] = [
    profile("syn-retries", [connect]),
    profile("retries", [send]),
    profile("keepalive-sysctls", sets: [.keepalive: 1], [idle]),
    profile("all-sysctls", sets: [.keepalive: 1], [connect, idle, send]),
  ]

  /// What needs an RTO maximum.
  static let maximum: [Profile] = [
    profile("rto-maximum", canSet: [.rtoMax], retries: 5, [brisk]),
    profile("rto-maximum-and-timeout", canSet: [.rtoMax, .userTimeout], [brisk]),
    profile("rto-maximum-of-host", [brisk]),
    profile(
      "brisk-connect", canSet: [.rtoMax, .synCount],
      [objective(.connect, within: 6, survive: 2, recover: 1.5)]),
  ]

  private static let quick: [SocketOption: Int] = [.keepalive: 1, .keepIdle: 1]
  private static let connect = objective(.connect, within: 4, survive: 1)
  private static let idle = objective(.idle, within: 6, survive: 2, recover: 2)
  private static let send = objective(.send, within: 5, survive: 1)
  private static let brisk = objective(.send, within: 6, survive: 3, recover: 1.2)

  /// With options only where the program can set any, else with sysctls only.
  private static func profile(
    _ name: String, sets: [SocketOption: Int] = [:], canSet: [SocketOption] = [],
    hasSingleUserTimeout: Bool = false, retries: Int? = nil, _ objectives: [Objective]
  ) -> Profile {
    var group = ConnectionGroup(
      name: "all", sets: SocketOptions(sets), canSet: canSet,
      levers: canSet.isEmpty ? [.sysctl] : [.socket], objectives: objectives, location: location)
    group.hasSingleUserTimeout = hasSingleUserTimeout
    var sysctls = [demand(.tcpKeepaliveTime, 1)]
    if let retries { sysctls.append(demand(.tcpRetries2, retries)) }
    return Profile(
      name: name, summary: "", groups: [group], sysctls: sysctls, allowBelowRFC: true,
      file: location.file
    ).onLoopback
  }

  /// Short numbers that no search would choose.
  private static func demand(_ key: SysctlKey, _ value: Int) -> SysctlRequirement {
    SysctlRequirement(key, .value(.number(value)), why: nil, source: nil, location: location)
  }

  private static func objective(
    _ scenario: Scenario, within: Double, survive: Double, recover: Double? = nil
  ) -> Objective {
    func bound(_ seconds: Double) -> Objective.Bound {
      .init(WrittenTime(.seconds(seconds)), at: location)
    }
    return Objective(
      scenario, within: bound(within), survive: bound(survive), recover: recover.map(bound))
  }

  private static let location = FileLocation(file: "written.yaml", line: 1, column: 1)
}

import TCPModel

@testable import Advisor

/// Every candidate of a small grid, held against the model alone, for a group on one host.
struct SmallSpace {
  let group: ConnectionGroup
  let host: Host
  private let cache = TimelineCache()

  init(_ group: ConnectionGroup, on host: Host) { (self.group, self.host) = (group, host) }

  /// The fewest levers that meet every objective; nil where no candidate does. The three numbers of
  /// keepalive are one.
  var fewestLevers: Int? {
    var fewest: Int?
    for timeout in userTimeouts {
      for maximum in rtoMaxima {
        var state = GroupState(group, on: host)
        state.options[.userTimeout] = timeout
        state.options[.rtoMax] = maximum
        guard let data = data(state), let connect = connect(state),
          let idle = idle(state)
        else { continue }
        let shared = (timeout == nil ? 0 : 1) + (maximum == nil ? 0 : 1)
        fewest = min(fewest ?? .max, data + idle + connect + shared)
      }
    }
    return fewest
  }

  private var hasSocket: Bool { group.levers.contains(.socket) }
  private var hasSysctls: Bool { group.levers.contains(.sysctl) }

  private var userTimeouts: [Int?] {
    [nil]
      + (hasSocket ? [3, 5, 8, 12, 15, 20, 25, 28, 29, 45, 58, 100, 290] : []).map { $0 * 1000 }
  }

  /// An RTO maximum is proposed only for what nothing else does.
  private var rtoMaxima: [Int?] {
    let isAsked = group.objectives.contains {
      $0.recover != nil || ($0.scenario == .zeroWindow && $0.survive != nil)
    }
    let isThere = hasSocket && host.rules.release >= KernelVersion(6, 15)
    return [nil] + (isAsked && isThere ? [1000, 2000, 5000, 10_000, 30_000] : [])
  }

  private func meets(_ state: GroupState, _ scenarios: Scenario...) -> Bool {
    group.requirements(in: "small").allSatisfy {
      !scenarios.contains($0.scenario) || cache.meets($0, in: state)
    }
  }

  /// 8 retransmissions at least, unless it is fewer already.
  private func data(_ state: GroupState) -> Int? {
    if meets(state, .send, .zeroWindow, .close) { return 0 }
    guard hasSysctls else { return nil }
    let suits = (8...15).contains { retries in
      var changed = state
      changed.host = host.applying([.tcpRetries2: .number(retries)])
      return meets(changed, .send, .zeroWindow, .close)
    }
    return suits ? 1 : nil
  }

  private func connect(_ state: GroupState) -> Int? {
    var fewest: Int?
    for deadline in deadlines {
      for count in [nil] + (hasSocket ? Array(1...8) : []) {
        for retries in [nil] + (hasSysctls ? Array(3...8) : []) {
          var changed = state
          changed.deadlines[.connect] = deadline
          changed.options[.synCount] = count
          if let retries { changed.host = host.applying([.tcpSynRetries: .number(retries)]) }
          let levers = [deadline != nil, count != nil, retries != nil].count(where: \.self)
          guard levers < fewest ?? .max, meets(changed, .connect) else { continue }
          fewest = levers
        }
      }
    }
    return fewest
  }

  private var deadlines: [Duration?] {
    let limit = group.objectives.first { $0.scenario == .connect }?.within?.time
    return [nil] + (group.levers.contains(.deadline) && limit != nil ? [limit] : [])
  }

  private func idle(_ state: GroupState) -> Int? {
    guard group.objectives.contains(where: { $0.scenario == .idle }) else { return 0 }
    let isToday = Keepalive(idle: 7200, interval: 75, count: 9)
    let isOn = state.options[.keepalive] ?? 0 != 0
    if meets(state, .idle), !isOn || isSound(isToday, state) { return 0 }
    return numbers.contains { numbers in
      guard isSound(numbers, state), hasSocket || isOn else { return false }
      var changed = state
      changed.options = state.options.overridden(
        by: SocketOptions(numbers.options.merging([.keepalive: 1]) { $1 }))
      return meets(changed, .idle)
    } ? 1 : nil
  }

  /// Three probes at least, and I + 2 V < U <= I + C V.
  private func isSound(_ numbers: Keepalive, _ state: GroupState) -> Bool {
    guard let timeout = state.options[.userTimeout], timeout > 0 else { return true }
    let (idle, interval) = (numbers.idle * 1000, numbers.interval * 1000)
    return idle + 2 * interval < timeout && timeout <= idle + numbers.count * interval
  }

  private var numbers: [Keepalive] {
    guard hasSocket || hasSysctls else { return [] }
    return [10, 15, 20, 40, 60, 240].flatMap { idle in
      [1, 2, 4, 9, 20, 60].flatMap { interval in
        [3, 4, 5, 9].map { Keepalive(idle: idle, interval: interval, count: $0) }
      }
    }
  }
}

extension Plan {
  /// How many levers it uses; all that keepalive needs is one.
  var levers: Int {
    let keepalive = Keepalive.optionNames + [.keepalive]
    let keys = Set(sysctls.map(\.key))
    let options = Set(socketOptions.map(\.option))
    let hasKeepalive =
      !keys.isDisjoint(with: Keepalive.keys) || !options.isDisjoint(with: keepalive)
    return keys.subtracting(Keepalive.keys).count + options.subtracting(keepalive).count
      + deadlines.count + (hasKeepalive ? 1 : 0)
  }
}

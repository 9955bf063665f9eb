extension KeepaliveSearch {
  /// Numbers that a search may change; the others stay what they are today.
  struct Freedom: OptionSet {
    let rawValue: Int
    static let idle = Freedom(rawValue: 1)
    static let interval = Freedom(rawValue: 2)
    static let count = Freedom(rawValue: 4)
    static let all: Freedom = [.idle, .interval, .count]

    /// Every choice, fewest numbers first; a shorter silence before others.
    static let byChanges: [Freedom] = [
      .idle, .interval, .count, [.idle, .interval], [.idle, .count], [.interval, .count], .all,
    ]
  }

  /// Those choices that can matter: a number that every program sets itself, or that may be nothing else,
  /// stays what it is.
  var changes: [Freedom] {
    func isFree(
      _ own: KeyPath<Keepalive.Pins, Int?>, _ today: Int, _ allowed: ClosedRange<Int>
    ) -> Bool {
      if !allowed.contains(today) { return true }
      return allowed.count > 1 && requirements.contains { $0.own[keyPath: own] == nil }
    }
    var free: Freedom = []
    if isFree(\.idle, today.idle, allowed.idle) { free.insert(.idle) }
    if isFree(\.interval, today.interval, allowed.interval) { free.insert(.interval) }
    if isFree(\.count, today.count, allowed.count) { free.insert(.count) }
    return Freedom.byChanges.filter(free.isSuperset)
  }
}

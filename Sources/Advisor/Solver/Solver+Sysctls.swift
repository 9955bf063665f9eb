import TCPModel

extension Solver {
  /// Sysctls that profiles name themselves: one value that is what all of them ask.
  func requireSysctls(_ solution: inout Solution) {
    let keys = Set(profiles.flatMap(\.sysctls).map(\.key))
    for key in keys.sorted() { requirement(key, &solution) }
  }

  private func requirement(_ key: SysctlKey, _ solution: inout Solution) {
    let asked = profiles.flatMap(\.sysctls).filter { $0.key == key }
    let today = hosts.first?.snapshot[key].value
    if let (one, other) = conflict(among: asked, today) {
      return solution.refuse(
        ["\(key)"], [one.named, other.named], because: "no value is what both ask for")
    }
    let asking = asked.filter { $0.bound != .keep }
    guard !asking.isEmpty, let value = asking.reduce(today, { $1.value(from: $0) }) else { return }
    if value != today, let refusing = profiles.first(where: { !$0.allows(key) }) {
      return solution.refuse(
        ["\(key)"], asking.map(\.named),
        because: "sysctls_allowed of \(refusing.name) does not let a plan change it")
    }
    solution.sysctls[key] = value
  }

  /// Two demands on one key that no value meets.
  private func conflict(among asked: [SysctlRequirement], _ today: SysctlValue?) -> (
    SysctlRequirement, SysctlRequirement
  )? {
    func agree(_ first: SysctlRequirement, _ second: SysctlRequirement) -> Bool {
      guard let value = second.value(from: first.value(from: today)) else { return true }
      return [first, second].allSatisfy {
        $0.bound == .keep ? value == today : $0.isMet(by: value)
      }
    }
    for (index, one) in asked.enumerated() {
      if let other = asked[..<index].first(where: { !agree($0, one) && !agree(one, $0) }) {
        return (other, one)
      }
    }
    return nil
  }

  /// Returns whether a value of a key is what every profile that names the key itself asks.
  func isDemanded(_ key: SysctlKey, _ value: Int) -> Bool {
    profiles.flatMap(\.sysctls).allSatisfy { $0.key != key || $0.isMet(by: .number(value)) }
  }
}

extension SysctlRequirement {
  /// As a contradiction names it.
  var named: Plan.ConflictParty { Plan.ConflictParty(text: text, location: location) }

  /// Returns the numbers out of a range that it lets a key be; nil if that is none.
  func range(within range: ClosedRange<Int>) -> ClosedRange<Int>? {
    var (low, high) = (range.lowerBound, range.upperBound)
    switch bound {
    case .keep: break
    case .value(let value):
      (low, high) = value.number.map { (max(low, $0), min(high, $0)) } ?? (1, 0)
    case .atLeast(let bounds): low = max(low, bounds.first ?? low)
    case .atMost(let bounds): high = min(high, bounds.first ?? high)
    }
    return low <= high ? low...high : nil
  }
}

import TCPModel

extension SysctlRequirement {
  /// Holds what is demanded against what is set.
  func finding(on snapshot: SettingsSnapshot, profile: String) -> Finding {
    var evidence = Evidence()
    evidence.sysctl = snapshot[key].value
    return Finding(
      profile: profile, group: profile, scenario: nil, subject: .sysctl(self),
      status: status(on: snapshot), evidence: evidence, location: location)
  }

  private func status(on snapshot: SettingsSnapshot) -> Finding.Status {
    switch snapshot[key] {
    case .absent: return .unknown(because: "\(key) is not in \(snapshot.source)")
    case .denied(let errno): return .unknown(because: "\(key) could not be read: \(errno)")
    case .malformed(let text): return .unknown(because: "\(key) is malformed: “\(text)”")
    case .value(let value): return isMet(by: value) ? .met(margin: nil) : .missed(by: nil)
    }
  }

  /// Returns whether a value is what is demanded.
  func isMet(by value: SysctlValue) -> Bool {
    switch bound {
    case .keep: return true
    case .value(let demanded): return demanded == value
    case .atLeast(let bounds): return matches(value.numbers, bounds, >=)
    case .atMost(let bounds): return matches(value.numbers, bounds, <=)
    }
  }

  private func matches(_ numbers: [Int], _ bounds: [Int], _ satisfies: (Int, Int) -> Bool) -> Bool {
    numbers.count == bounds.count && zip(numbers, bounds).allSatisfy(satisfies)
  }

  /// Returns the value nearest to another that is demanded.
  func value(from value: SysctlValue?) -> SysctlValue? {
    switch bound {
    case .keep: return value
    case .value(let demanded): return demanded
    case .atLeast(let bounds): return elementwise(value?.numbers ?? [], bounds, max)
    case .atMost(let bounds): return elementwise(value?.numbers ?? [], bounds, min)
    }
  }

  private func elementwise(_ numbers: [Int], _ bounds: [Int], _ pick: (Int, Int) -> Int)
    -> SysctlValue
  {
    SysctlValue(numbers.count == bounds.count ? zip(numbers, bounds).map(pick) : bounds)
  }
}

import TCPModel

extension SysctlRequirement {
  /// Holds what is demanded against what is set.
  func finding(on snapshot: SettingsSnapshot, profile: String) -> Finding {
    Finding(
      profile: profile, group: profile, scenario: nil, subject: .sysctl(self),
      status: status(on: snapshot), evidence: Evidence(), location: location)
  }

  private func status(on snapshot: SettingsSnapshot) -> Finding.Status {
    switch snapshot[key] {
    case .absent: return .unknown(because: "\(key) is not in \(snapshot.source)")
    case .denied(let errno): return .unknown(because: "\(key) could not be read: \(errno)")
    case .malformed(let text): return .unknown(because: "\(key) is malformed: “\(text)”")
    case .value, .text:
      return isMet(by: snapshot[key].printed ?? "") ? .met(margin: nil) : .missed(by: nil)
    }
  }

  /// Whether a value, as /proc prints it, is what is demanded.
  func isMet(by printed: String) -> Bool {
    switch bound {
    case .keep: return true
    case .value(let value): return value == printed
    case .atLeast(let bounds): return matches(printed, bounds, >=)
    case .atMost(let bounds): return matches(printed, bounds, <=)
    }
  }

  private func matches(_ printed: String, _ bounds: [Int], _ satisfies: (Int, Int) -> Bool) -> Bool
  {
    let numbers = printed.split(separator: " ").compactMap { Int($0) }
    return numbers.count == bounds.count && zip(numbers, bounds).allSatisfy(satisfies)
  }

  /// The value nearest to `printed` that is demanded.
  func value(from printed: String?) -> String? {
    switch bound {
    case .keep: return printed
    case .value(let value): return value
    case .atLeast(let bounds): return elementwise(printed, bounds, max)
    case .atMost(let bounds): return elementwise(printed, bounds, min)
    }
  }

  private func elementwise(_ printed: String?, _ bounds: [Int], _ pick: (Int, Int) -> Int) -> String
  {
    let numbers = (printed ?? "").split(separator: " ").compactMap { Int($0) }
    let values = numbers.count == bounds.count ? zip(numbers, bounds).map(pick) : bounds
    return values.map(String.init).joined(separator: " ")
  }
}

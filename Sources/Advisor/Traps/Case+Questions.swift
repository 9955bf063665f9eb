import TCPModel

/// What traps ask about a case.
extension Case {
  /// The number a sysctl holds; nil where none is known.
  func number(_ key: SysctlKey) -> Int? {
    if case .value(let number) = snapshot[key] { return number }
    return nil
  }

  /// The option where the program sets it, else the sysctl; nil where neither is known.
  func number(_ option: SocketOption, else key: SysctlKey) -> Int? {
    options[option] ?? number(key)
  }

  /// TCP_USER_TIMEOUT in milliseconds; zero is off.
  var userTimeout: Int { options[.userTimeout] ?? 0 }
  /// SO_KEEPALIVE.
  var isProbing: Bool { options[.keepalive] ?? 0 != 0 }
  /// Whether the waits are bounded by less than the two minutes that are compiled in.
  var hasLowMaximum: Bool { number(.rtoMax, else: .tcpRtoMaxMs) ?? 120_000 < 120_000 }

  /// Whether a sysctl holds something else than its kernel has compiled in.
  func isChanged(_ key: SysctlKey) -> Bool {
    guard let kernel = snapshot.kernel, let sysctl = SysctlCatalog[key],
      let value = snapshot[key].printed, let usual = sysctl.defaultValue(in: kernel)
    else { return false }
    return value != usual
  }

  /// When it would end with exact timers if something were different; nil where it never would.
  func end(_ change: (inout Case) -> Void) -> Duration? {
    var changed = self
    change(&changed)
    changed.isEndEnough = true
    return Timeline(of: changed).nominalEnd
  }

  /// Whether the user timeout makes it end later than it would without.
  func isLengthenedByUserTimeout(_ played: Timeline) -> Bool {
    guard userTimeout > 0, let end = played.nominalEnd,
      let usual = self.end({ $0.options[.userTimeout] = nil })
    else { return false }
    return usual < end
  }
}

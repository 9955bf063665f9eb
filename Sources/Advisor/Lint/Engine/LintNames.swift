import TCPModel

/// What is known of names, found once for each: files say the same ones again and again.
final class LintNames {
  /// A class, because there may be one for each line.
  final class Facts {
    let retired: RetiredSysctl?
    let meant: SysctlKey?

    fileprivate init(of key: SysctlKey) {
      retired = RetiredSysctl(key)
      meant = SysctlCatalog.meant(by: key)
    }
  }

  private var known: [SysctlKey: Facts] = [:]

  /// When a scenario ends with these settings, as it was found before; the inner nil: it does not.
  struct Question: Hashable {
    let scenario: Scenario
    let kernel: KernelVersion
    let values: [SysctlKey: Int]
  }

  var ends: [Question: TimeRange?] = [:]

  func facts(of key: SysctlKey) -> Facts {
    if let facts = known[key] { return facts }
    let facts = Facts(of: key)
    known[key] = facts
    return facts
  }
}

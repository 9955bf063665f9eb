import Advisor
import SysctlFiles
import TCPModel

/// The keys to look at: those that were asked for, or all that anything sets.
struct KeySelection {
  private let keys: [SysctlKey]
  /// Whether nothing was asked for.
  private let isEverything: Bool
  /// Those that were asked for by their names.
  private let named: Set<SysctlKey>

  init(_ names: [String], in sequence: BootSequence, among there: KeysThere) throws {
    let patterns = names.map { SysctlPattern(parsing: $0) }
    let globs = names.isEmpty ? sequence.globs : patterns.compactMap(\.glob)
    let expanded = globs.flatMap(there.matching)
    isEverything = names.isEmpty
    guard !isEverything else {
      (keys, named) = (Set(sequence.keys + expanded).sorted(), [])
      return
    }
    let own = try names.filter { SysctlPattern(parsing: $0).key != nil }
      .flatMap { try Self.keys(named: $0, in: sequence) }
    let known = (sequence.keys + SysctlCatalog.all.map(\.key)).filter { key in
      globs.contains { $0.matches(key) }
    }
    (keys, named) = (Set(own + expanded + known).sorted(), Set(own))
  }

  /// A whole key, or those whose last part it is.
  private static func keys(named name: String, in sequence: BootSequence) throws -> [SysctlKey] {
    let key = SysctlKey(parsing: name)
    guard !key.rawValue.contains(".") else { return [key] }
    let found = SysctlCatalog.sysctls(named: name).map(\.key)
    let set = sequence.keys.filter { $0.shortName == name }
    let retired = RetiredSysctl(named: name).map(\.pattern).flatMap {
      $0.contains("*") ? nil : SysctlKey($0)
    }
    let all = Set(found + set + [retired].compactMap(\.self))
    guard !all.isEmpty else { throw UsageError(objection(to: name)) }
    return all.sorted()
  }

  /// What has to be read.
  var keysToRead: [SysctlKey] { isEverything ? keys + SysctlCatalog.all.map(\.key) : keys }

  /// How the keys stand.
  func standings(in sequence: BootSequence, on live: LiveSettings) throws -> [SysctlStanding] {
    isEverything ? everything(in: sequence, on: live) : try chosen(in: sequence, on: live)
  }

  /// All that is set at boot, or was set by hand.
  private func everything(in sequence: BootSequence, on live: LiveSettings) -> [SysctlStanding] {
    Set(keys + live.changedKeys).map { SysctlStanding(sequence.provenance(of: $0), on: live) }
      .filter { $0.isKnown && $0.verdict != .unset }
  }

  /// Those that were asked for; of what globs found only the ones that are there or set.
  private func chosen(in sequence: BootSequence, on live: LiveSettings) throws -> [SysctlStanding] {
    try keys.map { SysctlStanding(sequence.provenance(of: $0), on: live) }.filter { standing in
      if standing.isKnown { return true }
      guard named.contains(standing.key) else { return false }
      guard standing.sysctl != nil || RetiredSysctl(named: standing.key.rawValue) != nil else {
        throw UsageError(Self.objection(to: standing.key.rawValue))
      }
      return true
    }
  }

  private static func objection(to name: String) -> String {
    let near = ExplainTopic.nearestSysctl(to: name).map { "; did you mean \($0)?" } ?? ""
    return "\(name.prefix(80)): no file sets it, and no such key is known\(near)"
  }
}

extension SysctlStanding {
  /// Whether it is set anywhere or there.
  var isKnown: Bool {
    if !provenance.claims.isEmpty || !provenance.writes.isEmpty || !provenance.owned.isEmpty
      || provenance.otherEntry != nil
    {
      // A directory is no key.
      return reading != .denied("EISDIR")
    }
    switch reading {
    case .value?, .malformed?: return true
    case .denied(let errno)?: return errno != "EISDIR"
    case .absent?, nil: return false
    }
  }
}

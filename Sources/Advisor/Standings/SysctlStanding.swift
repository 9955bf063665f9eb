package import SysctlFiles
package import TCPModel

/// What a key holds, what the next boot gives it, and whether these are the same.
package struct SysctlStanding: Sendable {
  /// The worst first.
  package enum Verdict: String, Sendable, CaseIterable {
    /// Nothing sets at boot what it holds.
    case lostAtBoot = "lost-at-boot"
    /// What is set at boot is not what it holds.
    case notLive = "not-live"
    /// Another owner sets something else than the files say.
    case overridden
    /// It holds what the boot gives; the other loader would give something else.
    case loadersDisagree = "loaders-disagree"
    /// The kernel does not take what a file says.
    case refused
    /// The kernel has no such key.
    case absent
    /// It is set at boot for the first namespace, not for this one.
    case notInNamespace = "not-in-namespace"
    /// What it holds cannot be read, or not in this namespace.
    case unreadable
    /// It is set at boot, and nothing live is there to compare with.
    case configured
    case inForce = "in-force"
    /// Nothing sets it.
    case unset
  }

  package let provenance: Provenance
  package let live: LiveSettings
  package let sysctl: Sysctl?
  /// What the kernel has compiled in; nil if it computes it, or if nobody knows.
  package let usual: String?
  /// What is written at the next boot, as it turns out.
  package let writes: [BootWrite]
  package private(set) var verdict = Verdict.unset
  /// The last at the next boot that the kernel takes; nil if nothing is.
  package let nextBoot: BootWrite?
  /// The same under the other loader.
  package let otherNextBoot: BootWrite?

  package init(_ provenance: Provenance, on live: LiveSettings) {
    (self.provenance, self.live) = (provenance, live)
    sysctl = SysctlCatalog.definition(of: provenance.key)
    let usual = Self.usual(of: sysctl, on: live)
    (self.usual, writes) = (
      usual, live.snapshot.decided(provenance.writes, on: provenance.key, from: usual)
    )
    nextBoot = live.lastTaken(of: writes, by: provenance.key)
    otherNextBoot = live.lastTaken(
      of: live.snapshot.decided(provenance.otherWrites, on: provenance.key, from: usual),
      by: provenance.key)
    verdict = judged()
  }

  package var key: SysctlKey { provenance.key }

  /// What it holds; nil if nothing live was read, or a capture does not say it.
  package var reading: SysctlReading? {
    live.isRead && !live.snapshot.assumed.contains(key) ? live.snapshot[key] : nil
  }

  private static func usual(of sysctl: Sysctl?, on live: LiveSettings) -> String? {
    guard let sysctl, let kernel = live.snapshot.kernel, sysctl.exists(in: kernel) else {
      return nil
    }
    return sysctl.defaultValue(in: kernel)
  }

  /// Whether it belongs to this namespace, which is not the one that boots.
  package var isOfOtherNamespace: Bool {
    guard live.isOtherNamespace, key.rawValue.hasPrefix("net.") else { return false }
    return sysctl.map { $0.scope(in: live.snapshot.kernel) != .host } ?? true
  }

  /// Whether this namespace does not show what the first one may have.
  package var isHidden: Bool {
    reading == .absent && live.isOtherNamespace && key.rawValue.hasPrefix("net.")
      && RetiredSysctl(named: key.rawValue) == nil
  }

  private func judged() -> Verdict {
    guard let reading else { return conflict ?? (nextBoot == nil ? .unset : .configured) }
    switch reading {
    case .absent:
      if nextBoot == nil && otherNextBoot == nil { return .unset }
      return isHidden ? .unreadable : .absent
    case .denied, .malformed: return .unreadable
    case .value(let value): return isOfOtherNamespace ? verdictElsewhere(value) : verdict(on: value)
    }
  }

  private func verdictElsewhere(_ value: SysctlValue) -> Verdict {
    guard let nextBoot else { return .unset }
    return shows(nextBoot, value) ? .inForce : .notInNamespace
  }

  private func verdict(on value: SysctlValue) -> Verdict {
    guard let nextBoot else { return verdictWithoutWrite(on: value) }
    if shows(nextBoot, value) { return conflict ?? .inForce }
    if nextBoot.value == nil { return provenance.entry == nil ? .configured : .overridden }
    if let otherNextBoot, shows(otherNextBoot, value) { return .lostAtBoot }
    if nextBoot.owner != nil, let entry = provenance.entry, shows(entry.value, value) {
      return .overridden
    }
    return .notLive
  }

  private func verdictWithoutWrite(on value: SysctlValue) -> Verdict {
    if let otherNextBoot, shows(otherNextBoot, value), usual != value.printed {
      return .lostAtBoot
    }
    let isChanged = usual.map { !shows($0, value) } ?? false
    return isChanged ? .lostAtBoot : conflict ?? .unset
  }

  /// What is wrong among the files themselves, whatever is live.
  private var conflict: Verdict? {
    if let nextBoot, nextBoot.owner != nil, let entry = provenance.entry,
      !isSame(entry.value, nextBoot.value)
    {
      return .overridden
    }
    if doLoadersDisagree { return .loadersDisagree }
    return isRefused ? .refused : nil
  }

  /// Whether the other loader would give something else.
  package var doLoadersDisagree: Bool {
    !isSame(nextBoot?.value ?? usual, otherNextBoot?.value ?? usual)
  }

  /// Whether the last that is written is not what holds.
  package var isRefused: Bool { writes.last != nextBoot }

  /// What gives the live value although no boot does, such as an owner that is started by hand.
  package var liveOwner: (act: OwnerAct, setting: OwnedSetting)? {
    guard let value = reading?.value else { return nil }
    return provenance.owned.first { !$0.act.isAtBoot && shows($0.setting.value, value) }
  }

  private func shows(_ write: BootWrite, _ value: SysctlValue) -> Bool { shows(write.value, value) }

  private func shows(_ text: String?, _ value: SysctlValue) -> Bool {
    text.map {
      WrittenValue($0, to: key, on: live.snapshot).isShown(by: value, of: key, on: live.snapshot)
    } ?? false
  }

  private func isSame(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == right }
    return WrittenValue(left, to: key, on: live.snapshot)
      == WrittenValue(right, to: key, on: live.snapshot)
  }
}

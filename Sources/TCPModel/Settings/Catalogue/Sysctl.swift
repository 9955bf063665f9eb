/// What is known of one sysctl, whatever a host has set.
package struct Sysctl: Sendable {
  package enum Unit: String, CaseIterable, Sendable {
    case count, seconds, milliseconds, microseconds, nanoseconds, percent, bytes, pages, flag, mode
    case entries, ports, name
  }

  package enum Kind: Hashable, Sendable {
    case number
    /// Several numbers, such as the three of tcp_rmem.
    case numbers(Int)
    case text
  }

  /// Whose setting it is, and what a new network namespace starts with.
  package enum Scope: Sendable {
    /// Per network namespace; a new one gets the compiled default.
    case namespace
    /// Per network namespace; a new one copies the initial namespace's value.
    case copied
    /// One value for the whole machine.
    case host
  }

  /// What the kernel accepts for a number, for each one where it takes several.
  package struct Bounds: Sendable {
    /// The widest range of any tick.
    let range: ClosedRange<Int>
    /// The first release that was read to refuse anything else; nil: all.
    var checkedSince: KernelVersion?
    /// Whether it is kept in 32 bits of jiffies, so that the tick decides.
    var isInJiffies = false

    static func within(_ range: ClosedRange<Int>) -> Self { Self(range: range) }
    static let notNegative = within(0...Int(Int32.max))
    /// `SOCK_MIN_SNDBUF` and more; one byte was enough up to 7.1.
    static let receiveBuffer = Self(
      range: 4096...Int(Int32.max), checkedSince: KernelVersion(7, 2))
    /// Eight bits, with a check; Linux 5.4 has plain integers.
    static let byte = Self(range: 0...255, checkedSince: KernelVersion(5, 15))
    /// INT_MAX / CONFIG_HZ seconds, most of them at 100 ticks.
    static let jiffies = Self(range: -21_474_836...21_474_836, isInJiffies: true)
  }

  /// What is read after a write.
  package enum ReadBack: String, CaseIterable, Sendable {
    case asWritten = "as-written"
    /// Rounded up to whole ticks: 250 ms is read as 252 ms at 250 ticks a second.
    case inTicks = "in-ticks"
  }

  /// When a change reaches what is running.
  package enum TakesEffect: Sendable {
    /// With whatever the kernel does next.
    case atOnce
    case atKeepaliveTimer
    /// At the next timer of a segment, a SYN or a SYN-ACK, of existing sockets as well.
    case atRetransmission
    case atNeighbourTimer
    /// With the next packet of a connection that conntrack knows.
    case atPacket
    /// With connections that enter FIN-WAIT-2 afterwards.
    case inFinWait2
    /// With handshakes that begin afterwards.
    case onNewConnections
    case onNewSockets
    /// One part at once, the other with sockets created afterwards.
    case partlyOnNewSockets
    case onNewDevices
    /// With the next listen(): running listeners keep what they have.
    case atListen
    case atSetsockopt
    /// As often as the kernel draws the reachable time of neighbours anew (`neigh_periodic_work`).
    case withinFiveMinutes
  }

  package let key: SysctlKey
  package let unit: Unit
  package let kind: Kind
  /// What the kernel accepts for a number; nil if it checks nothing that matters here.
  private let bounds: Bounds?
  /// The compiled default as `/proc` prints it; nil if the kernel computes it from the machine.
  package let defaultValue: String?
  /// Whose setting it is in the newest release.
  private let scope: Scope
  /// The first release that has it, where that is later than 3.10.
  package let since: KernelVersion?
  /// The first release with one per network namespace, where earlier ones have one for the machine.
  package let namespacedSince: KernelVersion?
  package let readBack: ReadBack
  /// Whether zero, which the kernel takes, is no use: no try at all.
  package let isZeroSenseless: Bool
  package let takesEffect: TakesEffect
  /// What it does, in one line.
  package let meaning: String
  /// What serves better in most cases; nil if nothing does.
  package let preference: String?
  /// The defaults of earlier releases, oldest first, each with the first release that has another.
  private let formerly: [(value: String, before: KernelVersion)]
  /// An earlier release of a stable series that has it as it is now; those after it have it too.
  private let backported: KernelVersion?

  init(
    _ key: String, _ unit: Unit, _ defaultValue: String?, _ bounds: Bounds? = nil,
    kind: Kind = .number, scope: Scope = .namespace, since: KernelVersion? = nil,
    formerly: [(value: String, before: KernelVersion)] = [], backported: KernelVersion? = nil,
    namespaced: KernelVersion? = nil, readBack: ReadBack = .asWritten,
    isZeroSenseless: Bool = false, effective: TakesEffect, _ meaning: String,
    preferred: String? = nil
  ) {
    (self.key, self.unit, self.kind) = (SysctlKey(key), unit, kind)
    (self.bounds, self.defaultValue, self.scope, self.since) = (bounds, defaultValue, scope, since)
    (self.formerly, self.backported, namespacedSince) = (formerly, backported, namespaced)
    (self.readBack, self.isZeroSenseless) = (readBack, isZeroSenseless)
    (takesEffect, self.meaning, preference) = (effective, meaning, preferred)
  }

  /// Returns the same setting under another key, as a device has its own of what the table sets for
  /// all.
  func renamed(_ key: SysctlKey) -> Sysctl {
    Sysctl(
      key.rawValue, unit, defaultValue, bounds, kind: kind, scope: scope, since: since,
      formerly: formerly, backported: backported, namespaced: namespacedSince, readBack: readBack,
      isZeroSenseless: isZeroSenseless, effective: takesEffect, meaning, preferred: preference)
  }

  /// Returns whether a kernel of this release has the key, by the release numbers that are quoted
  /// for it.
  package func exists(in release: KernelVersion) -> Bool {
    since.map { release >= $0 } ?? true || backported.map { release.includes($0) } ?? false
  }

  /// Whether a namespace has one of its own in the newest release.
  package var isPerNamespace: Bool { scope != .host }

  /// Whose setting it is under a release; nil if that changed and the release is not known.
  package func scope(in release: KernelVersion?) -> Scope? {
    guard let namespacedSince else { return scope }
    return release.map { $0 < namespacedSince ? .host : scope }
  }

  /// Returns what a release has compiled in; nil if the kernel computes it from the machine.
  package func defaultValue(in release: KernelVersion) -> String? {
    guard let earlier = formerly.first(where: { release < $0.before }) else { return defaultValue }
    if let backported, release.includes(backported) { return defaultValue }
    return earlier.value
  }

  /// What the newest release accepts for a number, whatever its tick; nil if it checks nothing that
  /// matters here.
  package var range: ClosedRange<Int>? { bounds?.range }

  /// Whether the kernel takes what fits into 32 bits of jiffies, so that the tick decides the range.
  package var isKeptInJiffies: Bool { bounds?.isInJiffies == true }

  /// The first release that refuses what is outside the range; earlier ones may take more. Nil: all.
  package var rangeCheckedSince: KernelVersion? { bounds?.checkedSince }

  /// The compiled defaults in the order of releases, each with the first that has it; nil: from the
  /// oldest release on, or from the first that has the sysctl.
  package var defaults: [(since: KernelVersion?, value: String)] {
    guard let defaultValue else { return [] }
    let values = formerly.map(\.value) + [defaultValue]
    return Array(zip([since] + formerly.map(\.before), values))
  }

  /// Returns whether the kernel takes a number.
  package func accepts(_ number: Int) -> Bool { range?.contains(number) ?? true }

  /// Returns what is wrong with a value somebody wants to set; nil if the kernel takes it.
  package func objection(to value: String) -> String? {
    let words = value.split { " \t\r\n\u{0B}\u{0C}".contains($0) }
    switch (kind, SysctlReading(parsing: value, for: self)) {
    case (.number, .value(.number(let number))):
      if !accepts(number) { return outOfRange }
      return words.count > 1 ? "one number is needed" : nil
    case (.number, .malformed) where words.count == 1 && words[0].isDecimal: return outOfRange
    case (.number, _): return "a whole number is needed"
    case (.numbers(let count), .value(.numbers(let numbers))) where words.count == count:
      return numbers.allSatisfy(accepts) ? nil : outOfRange
    case (.numbers(let count), _): return "\(count) whole numbers are needed"
    case (.text, .value(.text(""))) where unit == .name: return "a name is missing"
    case (.text, .value): return nil
    case (.text, _): return "a single name is needed"
    }
  }

  private var outOfRange: String {
    guard let range else { return "the number is too large" }
    return "the kernel accepts \(range.lowerBound) to \(range.upperBound)"
  }
}

extension Substring {
  /// Digits, with a `-` or without.
  fileprivate var isDecimal: Bool {
    let digits = hasPrefix("-") ? dropFirst() : self
    return !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) }
      && (digits.count == 1 || digits.first != "0")
  }
}

import SysctlFiles
import TCPModel

/// What a kernel makes of a text that is written to a sysctl.
enum WrittenValue: Hashable {
  case taken(SysctlValue)
  /// Fewer numbers than the key has; those that follow keep what they hold.
  case partial([Int])
  case refused

  init(_ text: String, to key: SysctlKey, on snapshot: SettingsSnapshot) {
    let sysctl = SysctlCatalog.definition(of: key)
    guard let count = sysctl?.kind.count ?? snapshot[key].value?.count else {
      self = SysctlReading(parsing: text, for: sysctl).value.map { .taken($0) } ?? .refused
      return
    }
    let words = text.utf8.split(whereSeparator: Self.endsNumber).prefix(count)
    let numbers = words.compactMap { KernelNumber.parse($0) }
    let isTaken = numbers.allSatisfy { $0.isTaken(by: sysctl, on: snapshot) }
    self =
      words.isEmpty || numbers.count < words.count || !isTaken
      ? .refused : numbers.count < count ? .partial(numbers) : .taken(SysctlValue(numbers))
  }

  /// Corresponds to `proc_wspace_sep` in kernel/sysctl.c: a carriage return is not in it.
  private static func endsNumber(_ byte: UInt8) -> Bool { " \t\n".utf8.contains(byte) }

  /// Returns whether a key shows this after it was written.
  func isShown(by value: SysctlValue, of key: SysctlKey, on snapshot: SettingsSnapshot) -> Bool {
    switch self {
    case .taken(let own):
      own == value || own.number.map { value.number == $0.inTicks(of: key, on: snapshot) } == true
    case .partial(let numbers): value.numbers.starts(with: numbers)
    case .refused: false
    }
  }
}

extension Sysctl.Kind {
  /// How many numbers it takes; nil for text.
  fileprivate var count: Int? {
    switch self {
    case .number: 1
    case .numbers(let count): count
    case .text: nil
    }
  }
}

extension SysctlValue {
  /// As many numbers a key takes that holds it; nil for text.
  fileprivate var count: Int? { numbers.isEmpty ? nil : numbers.count }
}

extension Int {
  /// Whether the kernel takes it, by its release; taken for granted where that is not known.
  fileprivate func isTaken(by sysctl: Sysctl?, on snapshot: SettingsSnapshot) -> Bool {
    guard let sysctl, let kernel = snapshot.kernel, kernel >= sysctl.rangeCheckedSince ?? kernel
    else { return true }
    guard sysctl.isKeptInJiffies, let tick = snapshot.tickRate else {
      return sysctl.accepts(self)
    }
    return magnitude <= Int32.max / Int32(tick.hertz)
  }

  /// What is read of milliseconds that were rounded up to whole ticks.
  fileprivate func inTicks(of key: SysctlKey, on snapshot: SettingsSnapshot) -> Int {
    let sysctl = SysctlCatalog.definition(of: key)
    guard sysctl?.readBack == .inTicks, sysctl?.unit == .milliseconds,
      let tick = snapshot.tickRate, (0...Int(Int32.max)).contains(self)
    else { return self }
    return Int(tick.duration(tick.jiffies(.milliseconds(self))) / .milliseconds(1))
  }
}

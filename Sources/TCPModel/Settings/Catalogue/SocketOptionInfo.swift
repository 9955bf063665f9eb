/// What is known of one socket option, whether it decides a time or not.
package struct SocketOptionInfo: Sendable {
  package enum Level: String, Sendable {
    case socket = "SOL_SOCKET"
    case tcp = "IPPROTO_TCP"
    case ip = "IPPROTO_IP"
  }

  /// What getsockopt tells of a socket on which nobody set it.
  package enum Unset: Sendable {
    case number(Int)
    /// The value of this sysctl.
    case sysctl(SysctlKey)
    /// A struct of zeros: off, or no limit.
    case zeros
  }

  package let name: String
  package let level: Level
  /// The number within the level; that of SOL_SOCKET options is the one of x86 and arm.
  package let number: Int32
  package let unit: Sysctl.Unit
  /// What setsockopt takes; nil where it is no plain number.
  package let range: ClosedRange<Int>?
  package let unset: Unset
  /// Whether a connection gets its listener's value.
  package let isInherited: Bool
  /// The first release that has it, where that is later than 3.10.
  package let since: KernelVersion?
  /// What it does, in one line.
  package let meaning: String
  /// What happens to values outside the range, or on its edges.
  package let outside: String
  /// What it does not do.
  package let remark: String?
  /// A value that shows its effect, where the model plays it.
  package let example: Int?

  /// The option as the model plays it and as profiles name it; nil where it decides no time.
  package var option: SocketOption? { SocketOption(named: name) }

  init(
    _ name: String, _ level: Level, _ number: Int32, _ unit: Sysctl.Unit,
    _ range: ClosedRange<Int>?, unset: Unset = .number(0), isInherited: Bool = true,
    since: KernelVersion? = nil, _ meaning: String, outside: String = Self.refused,
    remark: String? = nil, example: Int? = nil
  ) {
    (self.name, self.level, self.number, self.unit) = (name, level, number, unit)
    (self.range, self.unset, self.isInherited, self.since) = (range, unset, isInherited, since)
    (self.meaning, self.outside, self.remark, self.example) = (meaning, outside, remark, example)
  }

  /// The facts of an option that the model plays.
  init(
    _ option: SocketOption, unset: Unset = .number(0), isInherited: Bool = true,
    range: ClosedRange<Int>? = nil, outside: String = Self.refused, remark: String? = nil,
    example: Int
  ) {
    self.init(
      option.name, option.level == .tcp ? .tcp : .socket, option.number, option.unit,
      range ?? option.range, unset: unset, isInherited: isInherited, since: option.since,
      option.meaning, outside: outside, remark: remark, example: example)
  }

  /// The sysctl that an unset one leaves the matter to.
  package var standsFor: SysctlKey? {
    if case .sysctl(let key) = unset { return key }
    return nil
  }

  static let refused = "EINVAL"
  static let truth = "any number but 0 is taken for 1"
}

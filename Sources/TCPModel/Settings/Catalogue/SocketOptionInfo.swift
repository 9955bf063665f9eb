/// What is known of one socket option: of those that decide a time, and those taken for such.
///
/// Numbers: include/uapi/linux/tcp.h, in.h and asm-generic/socket.h. The rest: `do_tcp_setsockopt`,
/// `sk_setsockopt` and `do_ip_setsockopt`, Linux 6.18; ranges, what an unset one reads and what
/// connections inherit were tried on that kernel.
package struct SocketOptionInfo: Sendable {
  package enum Level: String, CaseIterable, Sendable {
    case socket = "SOL_SOCKET"
    case tcp = "IPPROTO_TCP"
    case ip = "IPPROTO_IP"

    /// As x86 and arm have it.
    package var number: Int {
      switch self {
      case .socket: 1
      case .tcp: 6
      case .ip: 0
      }
    }
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
  /// What setsockopt takes; nil if it is no plain number.
  package let range: ClosedRange<Int>?
  package let unset: Unset
  /// Whether a connection gets its listener's value.
  package let isInherited: Bool
  /// The first release that has it, where that is later than 3.10.
  package let since: KernelVersion?
  /// Whether headers that programs are built with may not have its name yet.
  package let headersMayLackIt: Bool
  /// What it does, in one line.
  package let meaning: String
  /// What happens to values outside the range, or on its edges.
  package let outside: String
  /// What it does not do.
  package let remark: String?
  /// What serves better in most cases; nil if nothing does.
  package let preference: String?
  /// A value that shows its effect, where the model knows it.
  package let example: Int?

  /// The option as the model knows it and as profiles name it; nil if it decides no time.
  package var option: SocketOption? { SocketOption(named: name) }

  init(
    _ name: String, _ level: Level, _ number: Int32, _ unit: Sysctl.Unit,
    _ range: ClosedRange<Int>?, unset: Unset = .number(0), isInherited: Bool = true,
    since: KernelVersion? = nil, headersMayLackIt: Bool = false, _ meaning: String,
    outside: String = Self.refused, remark: String? = nil, preferred: String? = nil,
    example: Int? = nil
  ) {
    (self.name, self.level, self.number, self.unit) = (name, level, number, unit)
    (self.range, self.unset, self.isInherited, self.since) = (range, unset, isInherited, since)
    (self.headersMayLackIt, self.meaning, self.outside) = (headersMayLackIt, meaning, outside)
    (self.remark, preference, self.example) = (remark, preferred, example)
  }

  /// Returns whether a kernel of this release has it, by the release numbers that are quoted for
  /// it.
  package func exists(in release: KernelVersion) -> Bool { since.map { release >= $0 } ?? true }

  /// The sysctl that an unset one leaves the matter to.
  package var standsFor: SysctlKey? {
    if case .sysctl(let key) = unset { return key }
    return nil
  }

  static let anyInteger = Int(Int32.min)...Int(Int32.max)
  static let refused = "EINVAL"
  static let truth = "any number but 0 is taken for 1"
}

extension SocketOptionInfo {
  /// Every socket option that is explained.
  package static let all: [SocketOptionInfo] = SocketOption.all.map(\.info) + others

  /// Finds an option by its name, in capitals.
  package init?(named name: String) {
    guard let option = Self.all.first(where: { $0.name == name }) else { return nil }
    self = option
  }
}

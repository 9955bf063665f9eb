package import TCPModel

/// A setting of a program, by which it is told what to set on its sockets or how long to wait.
package struct ProgramKnob: Hashable, Sendable {
  /// What it decides.
  package enum Subject: Hashable, Sendable {
    case option(SocketOption)
    case timer(Timer)
  }

  /// The times of `ApplicationTimers`, as profiles name them.
  package enum Timer: String, CaseIterable, Sendable {
    case connectTimeout = "connect_timeout", connectTotal = "total", heartbeat
    case readTimeout = "read_timeout"

    package var path: any WritableKeyPath<ApplicationTimers, Duration?> & Sendable {
      switch self {
      case .connectTimeout: \.connectTimeout
      case .connectTotal: \.connectTotal
      case .heartbeat: \.heartbeat
      case .readTimeout: \.readTimeout
      }
    }
  }

  /// What its numbers count.
  package enum Unit: String, CaseIterable, Sendable {
    case milliseconds = "ms", seconds = "s", minutes = "min", count

    /// In milliseconds; nil for what is no time.
    package var milliseconds: Int? {
      switch self {
      case .milliseconds: 1
      case .seconds: 1000
      case .minutes: 60_000
      case .count: nil
      }
    }
  }

  /// How its value is written, where the other way is not read.
  package enum Form: String, CaseIterable, Sendable {
    /// A number alone, whatever units the file knows.
    case number
    /// A time with its unit.
    case duration
  }

  package let subject: Subject
  /// As the program's documentation names it.
  package let name: String
  package let unit: Unit
  /// What has an effect, in its unit; nil if every number that the kernel takes.
  package let range: ClosedRange<Int>?
  /// The first release of the program that has it; nil if that does not matter any more.
  package let since: String?
  /// Other names of the same: in other modules, or for both sides at once.
  package var aliases: [String] = []
  /// The place of its number in a value that holds several, from 1; nil: the value is the number.
  package var part: Int?
  /// How its value is written; nil: as the file writes all.
  package var form: Form?
  /// Whether 0 switches keepalive off as a whole, instead of leaving the host's number.
  package var zeroSwitchesOff = false
  /// The directives in which it is ignored without a word.
  package var ignoredIn: [String] = []
  /// The word of its line, from 1, that must be an address as numbers; where it is a name the setting
  /// is ignored without a word.
  package var addressWord: Int?

  package init(
    _ subject: Subject, _ name: String, _ unit: Unit, range: ClosedRange<Int>? = nil,
    since: String? = nil
  ) {
    (self.subject, self.name, self.unit) = (subject, name, unit)
    (self.range, self.since) = (range, since)
  }

  /// Returns a number of its unit, the nearest below that it can say; the least where all are above.
  package func number(_ value: Int) -> Int {
    guard let range else { return value }
    return min(max(value, range.lowerBound), range.upperBound)
  }

  /// Returns a time in its unit, cut down to what it can say, and at least 1.
  package func number(_ time: Duration) -> Int {
    let (seconds, attoseconds) = time.components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    return number(max(1, milliseconds / (unit.milliseconds ?? 1)))
  }

  /// Returns the time that a number of its unit is.
  package func time(_ number: Int) -> Duration { .milliseconds(number * (unit.milliseconds ?? 1)) }

  /// Returns what a socket option takes by it, in the kernel's unit: what the program and the kernel
  /// both take.
  package func range(of option: SocketOption) -> ClosedRange<Int> {
    guard let range else { return option.range }
    guard let own = unit.milliseconds, let kernel = option.unit.milliseconds else {
      return range.clamped(to: option.range)
    }
    let scaled = (range.lowerBound * own + kernel - 1) / kernel...range.upperBound * own / kernel
    return scaled.clamped(to: option.range)
  }
}

extension Sysctl.Unit {
  /// In milliseconds; nil for what is no time.
  package var milliseconds: Int? {
    switch self {
    case .seconds: 1000
    case .milliseconds: 1
    default: nil
    }
  }
}

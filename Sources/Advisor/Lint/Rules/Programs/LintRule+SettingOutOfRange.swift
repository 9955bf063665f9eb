import TCPModel

extension LintRule {
  /// A number that a program or the kernel does not take.
  static let settingOutOfRange = LintRule(
    "TA086", "setting-out-of-range", .error,
    why: "Most programs say nothing and leave the host's number; Envoy then opens no connection.",
    source: "setsockopt of Linux 6.18.44; each program's own range in its catalogue entry",
    remedy: "Write a number within the range.",
    .settings { setting, program, _ in
      guard !setting.decidesSwitch, let value = program.format.value(of: setting) else {
        return nil
      }
      let knob = setting.knob
      let counts = setting.isRaw ? knob.kernelUnit : knob.unit
      let takes = setting.isRaw ? knob.kernelTakes : knob.takes
      let unit = (counts.milliseconds ?? 1) * 1000
      let range: ClosedRange<Int>
      switch value {
      case .count: range = takes
      case .time: range = takes.lowerBound * unit...takes.upperBound * unit
      case .other, .unreadable: return nil
      }
      // Zero stands for the host's number, or for none.
      guard let number = value.number, number != 0 || setting.isRaw, !range.contains(number) else {
        return nil
      }
      return LintHit(
        "\(setting.text): \(setting.isRaw ? "it" : knob.subjectName) takes \(knob.text(of: takes, in: counts))",
        severity: knob.isTimer ? .warning : nil)
    }
  )
}

extension ProgramKnob {
  /// What has an effect, in its unit.
  fileprivate var takes: ClosedRange<Int> {
    if let range { return range }
    guard case .option(let option) = subject, unit == .count || option.unit != .count else {
      return 0...Int(Int32.max)
    }
    guard let own = unit.milliseconds, let kernel = option.unit.milliseconds else {
      return option.range
    }
    return (option.range.lowerBound * kernel + own - 1) / own...option.range.upperBound * kernel
      / own
  }

  /// What setsockopt counts.
  fileprivate var kernelUnit: Unit {
    guard case .option(let option) = subject else { return unit }
    switch option.unit {
    case .seconds: return .seconds
    case .milliseconds: return .milliseconds
    default: return .count
    }
  }

  /// What setsockopt takes, in the kernel's unit.
  fileprivate var kernelTakes: ClosedRange<Int> {
    if case .option(let option) = subject { option.range } else { takes }
  }

  /// As a message tells it: `1 to 300 s`.
  fileprivate func text(of takes: ClosedRange<Int>, in unit: Unit) -> String {
    let count = unit == .count ? "" : " \(unit.rawValue)"
    if takes.upperBound >= Int(Int32.max) { return "at least \(takes.lowerBound)\(count)" }
    return takes.lowerBound == 0
      ? "at most \(takes.upperBound)\(count)"
      : "\(takes.lowerBound) to \(takes.upperBound)\(count)"
  }

  /// Whether no socket option is decided, which the kernel would refuse.
  fileprivate var isTimer: Bool { if case .timer = subject { true } else { false } }

  /// The option that refuses it, or what stands for its own name.
  fileprivate var subjectName: String {
    if range == nil, case .option(let option) = subject { option.name } else { "it" }
  }
}

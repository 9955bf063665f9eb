import TCPModel

extension LintRule {
  /// A time that is most likely meant in another unit, or cut to whole seconds.
  static let settingUnit = LintRule(
    "TA088", "setting-unit", .warning,
    why: "Programs count some times in seconds and others in milliseconds, and say nothing.",
    source: "each program's documentation, as its catalogue entry names it; tcp(7)",
    remedy: "Write the number in the unit that is counted, or with its unit where one is read.",
    .settings { setting, program, _ in
      guard case .time(let time, let hasUnit)? = program.format.value(of: setting), time > 0 else {
        return nil
      }
      let knob = setting.knob
      let counts = program.format.bare == nil ? knob.unit : .seconds
      guard case .option(let option) = knob.subject else {
        if !hasUnit, counts == .seconds, knob.looksLikeMilliseconds(time / 1_000_000) {
          return LintHit(
            "\(setting.text): it counts seconds, and this is \(hours(time / 1_000_000))")
        }
        // Nothing answers as fast as that over a network.
        guard !hasUnit, counts == .milliseconds, time < 100_000 else { return nil }
        return LintHit("\(setting.text): a number alone counts milliseconds")
      }
      let second = 1_000_000
      switch option.unit {
      case .milliseconds
      where !hasUnit && (setting.isRaw || counts == .milliseconds) && time < second:
        return LintHit(
          "\(setting.text): a number alone counts milliseconds, and \(option) below a second ends"
            + " what a lost segment delays")
      case .seconds where time % second != 0:
        return LintHit("\(setting.text): \(option) counts whole seconds")
      case .seconds
      where !hasUnit && (10_000...32_767).contains(time / second)
        && isRoundInMilliseconds(time / second):
        return LintHit("\(setting.text): it counts seconds, and this is \(hours(time / second))")
      default: return nil
      }
    }
  )

  /// Whether a number of seconds looks like one of milliseconds: whole thousands, and no whole hours.
  fileprivate static func isRoundInMilliseconds(_ seconds: Int) -> Bool {
    seconds % 1000 == 0 && seconds % 3600 != 0
  }

  private static func hours(_ seconds: Int) -> String {
    "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}

extension ProgramKnob {
  /// Whether a number of seconds is longer than anybody waits, and as round as one of milliseconds.
  fileprivate func looksLikeMilliseconds(_ seconds: Int) -> Bool {
    let least = subject == .timer(.readTimeout) ? 10_000 : 1000
    return seconds >= least && LintRule.isRoundInMilliseconds(seconds)
  }
}

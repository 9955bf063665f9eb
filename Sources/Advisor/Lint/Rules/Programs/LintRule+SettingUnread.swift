extension LintRule {
  /// A value that a program does not read as a number.
  static let settingUnread = LintRule(
    "TA087", "setting-unread", .error,
    why: "Programs stop with a message, or read the digits and leave out the rest.",
    source: "each program's documentation, as its catalogue entry names it",
    remedy: "Write a number in a unit that the program reads.",
    .settings { setting, program, _ in
      guard !setting.decidesSwitch, program.format.value(of: setting) == .unreadable else {
        return nil
      }
      let knob = setting.knob
      if setting.isRaw {
        return LintHit(
          "\(setting.text): the kernel takes four bytes in the order of the machine: a whole number,"
            + " or as Erlang writes it <<60:32/native>>")
      }
      guard knob.unit != .count else {
        return LintHit("\(setting.text): a whole number is needed")
      }
      if knob.form == .number {
        return LintHit(
          "\(setting.text): a number alone is needed, which counts \(knob.unit.plural)")
      }
      let alone = program.format.bare == nil ? knob.unit : .seconds
      let units = program.format.suffixes.map(\.rawValue)
      if knob.form == .duration {
        return LintHit(
          "\(setting.text): a number with its unit is needed (\(units.joined(separator: ", ")))")
      }
      let suffixes =
        units.isEmpty ? "no unit may follow" : "the units are \(units.joined(separator: ", "))"
      return LintHit(
        "\(setting.text): a number alone counts \(alone.plural), and \(suffixes)")
    }
  )
}

extension ProgramKnob.Unit {
  /// Written out: `seconds`.
  fileprivate var plural: String {
    switch self {
    case .milliseconds: "milliseconds"
    case .seconds: "seconds"
    case .minutes: "minutes"
    case .count: "times"
    }
  }
}

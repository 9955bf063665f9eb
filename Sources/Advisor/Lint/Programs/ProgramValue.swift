import TCPModel

/// The number of a setting of a program, as the program reads it.
enum ProgramValue: Hashable {
  /// A count.
  case count(Int)
  /// A time in microseconds, and whether its unit was written.
  case time(Int, hasUnit: Bool)
  /// A word that stands for the host's number, or for none, or what a template fills in.
  case other
  /// What the program does not read as a number of this kind.
  case unreadable

  /// A count, or a time in microseconds.
  var number: Int? {
    switch self {
    case .count(let number), .time(let number, _): number
    case .other, .unreadable: nil
    }
  }
}

extension ConfigurationFormat {
  /// Returns what a setting's value is; nil for a flag.
  func value(of setting: ProgramSetting) -> ProgramValue? {
    guard let text = setting.value?.trimmedBlanks else { return nil }
    if text.isEmpty || text.contains("$") || LintAssignment.isTemplate(text) { return .other }
    // A word such as off, infinity or default, and a number below zero, which stands for one.
    if text.allSatisfy(\.isLetter) || text.hasPrefix("-") { return .other }
    guard let unit = setting.knob.unit.milliseconds else {
      return Int(text).map(ProgramValue.count) ?? .unreadable
    }
    return time(text, unit: bare?.microseconds ?? unit * 1000)
  }

  /// - Parameter unit: what a number alone counts, in microseconds.
  private func time(_ text: String, unit: Int) -> ProgramValue {
    var rest = text[...]
    var (total, hasUnit) = (0, false)
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest[number.endIndex...].drop { $0 == " " }
      let word = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest[word.endIndex...].drop { $0 == " " }
      guard let amount = Double(number) else { return .unreadable }
      var microseconds = unit
      if word.isEmpty {
        // A number without a unit is not one of several parts.
        guard rest.isEmpty, !hasUnit else { return .unreadable }
      } else {
        guard let suffix = Suffix(rawValue: String(word)), suffixes.contains(suffix) else {
          return .unreadable
        }
        (microseconds, hasUnit) = (suffix.microseconds, true)
      }
      // Longer than three thousand years is as good as any time that is too long.
      total = min(total + Int(min(amount * Double(microseconds), 1e17)), 100_000_000_000_000_000)
    }
    return .time(total, hasUnit: hasUnit)
  }
}

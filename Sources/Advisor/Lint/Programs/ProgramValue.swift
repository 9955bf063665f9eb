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
    if setting.isRaw { return raw(text, of: setting.knob) }
    // A word such as off, infinity or default, and a number below zero, which stands for one.
    if text.allSatisfy(\.isLetter) || text.hasPrefix("-") { return .other }
    guard let unit = setting.knob.unit.milliseconds else {
      return Int(text).map(ProgramValue.count) ?? .unreadable
    }
    switch setting.knob.form {
    case .number?:
      return Int(text).map { .time($0.saturated(times: unit * 1000), hasUnit: false) }
        ?? .unreadable
    case .duration? where text.allSatisfy(\.isNumber): return .unreadable
    case .duration?, nil: return time(text, unit: bare?.microseconds ?? unit * 1000)
    }
  }

  /// An option's own number, plain or as the four bytes that the kernel is handed: `<<60:32/native>>`.
  private func raw(_ text: String, of knob: ProgramKnob) -> ProgramValue {
    guard case .option(let option) = knob.subject else { return .unreadable }
    var digits = text
    if text.hasPrefix("<<"), text.hasSuffix(">>") {
      let parts = text.dropFirst(2).dropLast(2).split(separator: ":", maxSplits: 1)
      let form = parts.last?.filter { $0 != " " }
      guard parts.count == 2, let form, Self.wholeNumbers.contains(form) else { return .unreadable }
      digits = String(parts[0])
    }
    guard let number = Int(digits.trimmedBlanks) else { return .unreadable }
    guard let unit = option.unit.milliseconds else { return .count(number) }
    return .time(number.saturated(times: unit * 1000), hasUnit: false)
  }

  /// Forms of four bytes in the order of the machine, where that is x86 or arm.
  private static let wholeNumbers: Set<String> = [
    "32/native", "32/little", "32/native-signed", "32/native-unsigned", "32/signed-native",
    "32/unsigned-native", "32/native-integer", "32/integer-native",
  ]

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
      total = min(total + Int(min(amount * Double(microseconds), 1e17)), Int.longestTime)
    }
    return .time(total, hasUnit: hasUnit)
  }
}

extension Int {
  /// Longer than three thousand years, in microseconds, is as good as any time that is too long.
  fileprivate static let longestTime = 100_000_000_000_000_000

  fileprivate func saturated(times factor: Int) -> Int {
    let (product, isTooLarge) = multipliedReportingOverflow(by: factor)
    return isTooLarge ? Self.longestTime : Swift.min(product, Self.longestTime)
  }
}

extension Duration {
  /// Seconds as a number: for arithmetic on screens and wires, never for decisions.
  package var seconds: Double {
    // From whole nanoseconds, so that 133.304 s prints as such.
    Double(nanoseconds) / 1e9
  }

  /// Whole ones, of less than 292 years.
  package var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }

  /// Seconds as a decimal number, without the exponent that many readers do not know.
  package var decimalSeconds: String {
    if self < .zero { return "-" + (.zero - self).decimalSeconds }
    var fraction = String(1_000_000_000 + components.attoseconds / 1_000_000_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(components.seconds)" : "\(components.seconds)." + fraction
  }

  /// The time as people write it: `29 µs`, `350 ms`, `6.5 s`, `131 s`, `15 min`, `2 h 11 min`.
  package var text: String {
    let nanoseconds = Int(components.attoseconds / 1_000_000_000)
    let total = Int(components.seconds)
    if total == 0, nanoseconds == 0 { return "0 s" }
    // Something is not nothing.
    if total == 0, 1..<5 ~= nanoseconds { return "< 0.01 µs" }
    // Of a time that short hundredths of a millisecond say too little.
    if total == 0, 5..<99_950 ~= nanoseconds { return Self.decimal(nanoseconds) + " µs" }
    if total == 0 { return Self.decimal(nanoseconds / 1000) + " ms" }
    if total < 100 {
      return Self.decimal(total * 1000 + nanoseconds / 1_000_000) + " s"
    }
    let rounded = total + (nanoseconds >= 500_000_000 ? 1 : 0)
    if rounded < 600 { return "\(rounded) s" }
    let (hours, minutes, seconds) = (rounded / 3600, rounded / 60 % 60, rounded % 60)
    if hours > 0 { return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min" }
    return seconds == 0 ? "\(minutes) min" : "\(minutes) min \(seconds) s"
  }

  /// Returns a number of thousandths with as many digits as say something: three of them, no
  /// closing zeros.
  private static func decimal(_ thousandths: Int) -> String {
    let step = thousandths >= 10_000 ? 100 : 10
    return exactDecimal((thousandths + step / 2) / step * step)
  }

  /// Returns a number of thousandths without closing zeros.
  static func exactDecimal(_ rounded: Int) -> String {
    var fraction = String(String(1000 + rounded % 1000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return fraction.isEmpty ? "\(rounded / 1000)" : "\(rounded / 1000).\(fraction)"
  }
}

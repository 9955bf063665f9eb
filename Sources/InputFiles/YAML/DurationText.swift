package import TCPModel

/// Durations as people write them: a number and a unit.
package enum DurationText {
  package struct Objection: Error { package let reason: String }

  private static let units: [String: TimeUnit] = [
    "us": .microseconds, "ms": .milliseconds, "s": .seconds, "min": .minutes, "h": .hours,
  ]
  /// A year: longer times are mistakes, and sums of shorter ones do not overflow.
  private static let longest: Int128 = 8760 * 3_600_000_000_000

  static let longestTime = Duration.nanoseconds(Int64(longest))

  /// Returns the unit at the end of a duration; nil if there is none.
  package static func unit(of written: some StringProtocol) -> TimeUnit? {
    units[String(written.split(whereSeparator: \.isWhitespace).joined().drop { !$0.isLetter })]
  }

  package static func duration(_ written: some StringProtocol) throws(Objection) -> Duration {
    let text = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let name = text.dropFirst(number.count).drop { $0 == " " }
    guard let (digits, scale) = decimal(number) else {
      throw Objection(
        reason: "\(quoted(text)) is no duration; write a number and a unit, such as 10s or 1.5s")
    }
    guard !name.isEmpty else {
      throw Objection(reason: "\(quoted(text)) has no unit; write for example \(number)s")
    }
    guard let unit = units[String(name)] else {
      throw Objection(reason: "\(quoted(text)) has no known unit; those are us, ms, s, min and h")
    }
    let nanoseconds = digits * Int128(unit.nanoseconds) / scale
    guard nanoseconds <= longest else {
      throw Objection(reason: "\(quoted(text)) is longer than a year")
    }
    return .nanoseconds(Int64(nanoseconds))
  }

  /// Returns what stands on both sides of the first two dots; without them it is both ends.
  package static func ends(_ text: String) -> (lower: Substring, upper: Substring) {
    guard let dots = text.indices.first(where: { text[$0...].hasPrefix("..") }) else {
      return (text[...], text[...])
    }
    return (text[..<dots], text[dots...].dropFirst(2))
  }

  /// Returns the digits of a decimal number and what to divide them by; nil if it is none.
  private static func decimal(_ text: some StringProtocol) -> (digits: Int128, scale: Int128)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    // With more digits the product with a unit could overflow.
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 20,
      let digits = Int128(parts.joined())
    else { return nil }
    let decimals = parts.count == 2 ? parts[1].utf8.count : 0
    return (digits, repeatElement(10, count: decimals).reduce(1, *))
  }
}

extension TimeUnit {
  /// As durations are written.
  var writtenName: String { self == .microseconds ? "us" : rawValue }
}

import TCPModel

/// A time as people say it: `15m38s`, `2 h 11 min`, `3.05s`.
package struct SaidTime: Hashable, Sendable {
  package let time: Duration
  /// One step of its last digit.
  package let step: Duration

  /// - Throws: what is wrong with the text, which is part of that.
  package init(_ text: String) throws(DurationText.Objection) {
    var parts: [Part] = []
    var rest = text.split(whereSeparator: \.isWhitespace).joined()[...]
    while !rest.isEmpty {
      let part = try Self.part(from: &rest, of: text)
      if let last = parts.last {
        guard last.unit.nanoseconds > part.unit.nanoseconds else {
          throw Self.objection(to: text, "needs its units from the longest to the shortest")
        }
        guard last.step == .nanoseconds(last.unit.nanoseconds) else {
          throw Self.objection(to: text, "has a fraction before its last unit")
        }
      }
      parts.append(part)
    }
    time = parts.reduce(.zero) { $0 + $1.time }
    step = parts.last?.step ?? .zero
    guard time > .zero else { throw Self.objection(to: text, "is no time above zero") }
    guard time <= DurationText.longestTime else {
      throw Self.objection(to: text, "is longer than a year")
    }
  }

  private struct Part {
    let time: Duration
    let unit: TimeUnit
    let step: Duration
  }

  /// Takes a number and its unit from the beginning of what is left.
  private static func part(from rest: inout Substring, of text: String)
    throws(DurationText.Objection) -> Part
  {
    let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let name = rest.dropFirst(number.count).prefix { $0.isLetter }
    guard !number.isEmpty else { throw objection(to: text, "is no time") }
    guard !name.isEmpty else { throw objection(to: text, "has a number without a unit") }
    guard let unit = units[name.lowercased()] else {
      throw objection(to: text, "has no known unit; those are us, ms, s, min and h")
    }
    rest = rest.dropFirst(number.count + name.count)
    let time = try DurationText.duration("\(number)\(unit.writtenName)")
    let decimals = number.split(separator: ".").dropFirst().first?.count ?? 0
    let scale = repeatElement(Int64(10), count: min(decimals, 9)).reduce(1, *)
    return Part(time: time, unit: unit, step: .nanoseconds(max(unit.nanoseconds / scale, 1)))
  }

  private static func objection(to text: String, _ reason: String) -> DurationText.Objection {
    DurationText.Objection(
      reason: "\(quoted(text)) \(reason); write for example 127s, 15m38s, 2h11min or 3.05s")
  }

  private static let units: [String: TimeUnit] = Dictionary(
    uniqueKeysWithValues: names.flatMap { unit, names in names.map { ($0, unit) } })
  /// In a time that people say, `m` is a minute.
  private static let names: [TimeUnit: [String]] = [
    .microseconds: ["us", "µs", "μs"],
    .milliseconds: ["ms", "msec", "msecs", "millisecond", "milliseconds"],
    .seconds: ["s", "sec", "secs", "second", "seconds"],
    .minutes: ["m", "min", "mins", "minute", "minutes"],
    .hours: ["h", "hr", "hrs", "hour", "hours"],
  ]
}

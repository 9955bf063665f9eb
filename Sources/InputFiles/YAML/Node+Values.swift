import Advisor
import TCPModel

extension Node {
  /// What it is, as errors name it.
  var kind: String {
    switch content {
    case .scalar(let text, _): isNull ? "null" : quoted(text)
    case .list: "a list"
    case .map: "a map"
    }
  }

  private func refusal(_ needed: String) -> ProfileError {
    ProfileError("\(kind) stands where \(needed) is needed", at: mark)
  }

  private func scalar(_ needed: String) throws(ProfileError) -> String {
    guard case .scalar(let text, _) = content, !isNull else { throw refusal(needed) }
    return text
  }

  /// Text on one line: what is emitted as a comment must not end it.
  func text() throws(ProfileError) -> String {
    let words = try scalar("text").split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { throw refusal("text") }
    return words.joined(separator: " ")
  }

  /// Returns a name that can be part of a file's name.
  func name() throws(ProfileError) -> String {
    let name = try scalar("a name")
    guard Self.isName(name) else {
      throw refusal("a name (up to 64 letters, digits, “-”, “_” and “.”, a letter or digit first)")
    }
    return name
  }

  static func isName(_ text: String) -> Bool {
    let isLetter = { (byte: UInt8) in
      let letter = Unicode.Scalar(byte)
      return ("a"..."z").contains(letter) || ("A"..."Z").contains(letter)
        || ("0"..."9").contains(letter)
    }
    return (1...64).contains(text.utf8.count) && text.utf8.first.map(isLetter) ?? false
      && text.utf8.allSatisfy { isLetter($0) || [0x2d, 0x2e, 0x5f].contains($0) }
  }

  func boolean() throws(ProfileError) -> Bool {
    switch try scalar("yes or no").lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default: throw refusal("yes or no")
    }
  }

  func integer(in range: ClosedRange<Int>, called subject: String) throws(ProfileError) -> Int {
    guard let number = Int(try scalar("a whole number")) else { throw refusal("a whole number") }
    guard range.contains(number) else {
      throw ProfileError(
        "\(subject) is \(number), and may be \(range.lowerBound) to \(range.upperBound)", at: mark)
    }
    return number
  }

  /// Returns a list, or a single value that stands for a list of one.
  func items() throws(ProfileError) -> [Node] {
    switch content {
    case .list(let nodes): return nodes
    case .scalar where !isNull: return [self]
    case .scalar, .map: throw refusal("a list")
    }
  }

  func duration() throws(ProfileError) -> Duration {
    try duration(parsing: try scalar("a duration, such as 10s,"))
  }

  /// Returns a duration and the unit that it is written in.
  func writtenTime() throws(ProfileError) -> WrittenTime {
    let text = try scalar("a duration, such as 10s,")
    return WrittenTime(try duration(parsing: text), in: DurationText.unit(of: text))
  }

  /// Returns a range such as `1ms..20ms`; one duration is both ends.
  func durations() throws(ProfileError) -> ClosedRange<Duration> {
    let text = try scalar("a duration, or a range such as 1ms..20ms,")
    let ends = DurationText.ends(text)
    let lower = try duration(parsing: ends.lower)
    let upper = try duration(parsing: ends.upper)
    guard lower <= upper else {
      throw ProfileError("the range \(quoted(text)) ends before it begins", at: mark)
    }
    return lower...upper
  }

  private func duration(parsing text: some StringProtocol) throws(ProfileError) -> Duration {
    do throws(DurationText.Objection) {
      return try DurationText.duration(text)
    } catch {
      throw ProfileError(error.reason, at: mark)
    }
  }

  /// Returns one of a closed set of names.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    of kind: String, as type: Choice.Type = Choice.self
  ) throws(ProfileError) -> Choice {
    let text = try scalar("a \(kind)")
    if let choice = Choice(rawValue: text) { return choice }
    throw .unknown(kind, text, among: Choice.allCases.map(\.rawValue), at: mark)
  }

  /// Returns an ISO date.
  func date() throws(ProfileError) -> String {
    let text = try text()
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2])
    else {
      throw ProfileError("\(quoted(text)) is no date; write for example 2026-11-21", at: mark)
    }
    return text
  }

  func socketOption() throws(ProfileError) -> SocketOption {
    let text = try scalar("a socket option")
    if let option = SocketOption(named: text) { return option }
    throw .unknown("socket option", text, among: SocketOption.all.map(\.name), at: mark)
  }
}

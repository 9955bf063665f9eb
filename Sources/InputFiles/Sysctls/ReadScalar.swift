import Advisor

/// What programs make of a scalar of YAML 1.1 before they hand it on.
///
/// Sources: the resolvers of PyYAML 6 and go-yaml 2 and 3; `_parse_value` of the sysctl module of
/// ansible.posix 3.0.
struct ReadScalar {
  let text: String
  let type: LintAssignment.ValueType

  /// - Parameter isPlain: whether it stands without quotation marks.
  init(_ written: String, isPlain: Bool, for target: LintAssignment.Target) {
    let word = written.lowercased()
    let isBoolean = isPlain && (Self.yes + Self.no).contains(word)
    type = isBoolean ? .boolean : isPlain && Self.number(written) != nil ? .number : .text
    // Ansible's module writes words for booleans as numbers, be they quoted or not.
    if target == .host, (Self.yes + ["y", "t"]).contains(word) {
      text = "1"
    } else if target == .host, (Self.no + ["n", "f"]).contains(word) {
      text = "0"
    } else {
      text = isPlain ? Self.number(written) ?? written : written
    }
  }

  private static let yes = ["yes", "true", "on"]
  private static let no = ["no", "false", "off"]

  /// As it is printed after it was read; nil for what is no integer.
  private static func number(_ text: String) -> String? {
    let digits = text.filter { $0 != "_" }
    let sign = digits.hasPrefix("-") ? "-" : ""
    let rest = digits.drop { $0 == "+" || $0 == "-" }
    guard digits.count - rest.count < 2, let first = rest.first, first.isASCII, first.isNumber
    else { return nil }
    let value: Int? =
      switch rest.prefix(2) {
      case "0x": Int(rest.dropFirst(2), radix: 16)
      case "0b": Int(rest.dropFirst(2), radix: 2)
      case _ where first == "0": Int(rest, radix: 8)
      default: Int(rest)
      }
    return value.map { "\($0 == 0 ? "" : sign)\($0)" }
  }
}

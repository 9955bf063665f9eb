import SysctlFiles
import TCPModel

extension LintAssignment {
  /// - Parameter sysctl: what the catalogue has of the key.
  static func expectedNumbers(of key: SysctlKey, _ sysctl: Sysctl?) -> Int? {
    switch sysctl?.kind {
    case .number: 1
    case .numbers(let count): count
    case .text: nil
    case nil: rows[key] ?? (OtherSysctl[key]?.isNumber == true ? 1 : nil)
    }
  }

  private static let rows: [SysctlKey: Int] = [
    SysctlKey("net.ipv4.udp_mem"): 3, SysctlKey("net.ipv4.ping_group_range"): 2,
  ]

  /// Whether it holds the name of a thing, and nothing but one word.
  var isName: Bool { sysctl?.unit == .name }

  /// The words that the kernel takes for numbers, or refuses as such.
  var numberWords: ArraySlice<Substring> { words.prefix(expectedNumbers ?? 0) }

  /// The first of them that it refuses; nil if it takes all.
  var refusedWord: Substring? { numberWords.dropFirst(numbers.count).first }

  /// Whether the value stands between quotation marks, as sysctl files know none.
  var isQuoted: Bool {
    guard isLine, let first = value.first, first == "\"" || first == "'" else {
      return false
    }
    return value.count > 1 && value.last == first
  }

  /// Whether what follows the value is meant as a remark.
  var remark: Substring? {
    guard isLine else { return nil }
    let count = expectedNumbers ?? 1
    guard words.count > count, numbers.count >= count else { return nil }
    let next = words[count]
    return ["#", ";", "//"].contains { next.hasPrefix($0) } ? value[next.startIndex...] : nil
  }

  /// Returns its line with another value.
  func line(with value: some StringProtocol) -> String {
    "\(hasHyphen ? "-" : "")\(name) = \(value)"
  }
}

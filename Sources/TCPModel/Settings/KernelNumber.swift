/// A whole number as the kernel reads what is written to a sysctl.
///
/// Corresponds to `proc_get_long` in kernel/sysctl.c, the same from 2.6.35 to 7.3: a `-` at most,
/// then digits; `0x` makes them hexadecimal and a leading `0` octal, so `010` is eight.
package enum KernelNumber {
  /// What a sysctl of one number holds at most, in any release: 32 bits, with a sign or without.
  static let range = Int(Int32.min)...Int(UInt32.max)

  /// - Parameter word: without blanks.
  /// - Returns: nil if the kernel refuses it (EINVAL), as `+5`, `08` and `600;`.
  package static func parse(_ word: some Collection<UInt8>) -> Int? {
    let isNegative = word.first == UInt8(ascii: "-")
    let digits = word.dropFirst(isNegative ? 1 : 0)
    return magnitude(digits).map { isNegative ? -$0 : $0 }
  }

  private static func magnitude(_ digits: some Collection<UInt8>) -> Int? {
    guard digits.first == UInt8(ascii: "0"), digits.count > 1 else { return number(digits, 10) }
    let rest = digits.dropFirst()
    let isHexadecimal = rest.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    return isHexadecimal ? number(rest.dropFirst(), 16) : number(rest, 8)
  }

  private static func number(_ digits: some Collection<UInt8>, _ radix: Int) -> Int? {
    if digits.isEmpty { return nil }
    var number = 0
    for byte in digits {
      guard let digit = byte.digit, digit < radix else { return nil }
      let (shifted, isTooLarge) = number.multipliedReportingOverflow(by: radix)
      let (sum, isSumTooLarge) = shifted.addingReportingOverflow(digit)
      guard !isTooLarge, !isSumTooLarge else { return nil }
      number = sum
    }
    return number
  }
}

extension UInt8 {
  /// The digit that it is in systems of up to 16; nil for any other character.
  fileprivate var digit: Int? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}

import TCPModel

extension [Annotation] {
  /// Of each a number in hexadecimal that stays the same while lines move, and that no other has.
  var fingerprints: [String] {
    var seen: [String: Int] = [:]
    return map { annotation in
      let subject = "\(annotation.rule)\n\(annotation.location.file)\n\(annotation.subject)"
      let count = seen[subject, default: 0]
      seen[subject] = count + 1
      let digits = String(Self.hash("\(subject)\n\(count)"), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  /// FNV-1a with 64 bits, which depends on nothing but the text.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

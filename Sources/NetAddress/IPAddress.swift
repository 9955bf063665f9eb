/// An IPv4 or IPv6 address without a port.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  package let family: AddressFamily
  /// The number that it is, in two halves: without an array of its own, as there may be a hundred
  /// thousand.
  private let high, low: UInt64

  /// Returns nil for any other number of bytes than four or sixteen.
  package init?(_ bytes: ArraySlice<UInt8>) {
    switch bytes.count {
    case AddressFamily.v4.byteCount: self.init(.v4, bytes)
    case AddressFamily.v6.byteCount: self.init(.v6, bytes)
    default: return nil
    }
  }

  /// The same.
  package init?(_ bytes: [UInt8]) { self.init(bytes[...]) }

  private init(_ family: AddressFamily, _ bytes: ArraySlice<UInt8>) {
    var (high, low): (UInt64, UInt64) = (0, 0)
    for byte in bytes { (high, low) = (high << 8 | low >> 56, low << 8 | UInt64(byte)) }
    (self.family, self.high, self.low) = (family, high, low)
  }

  /// The IPv4 address that is a number.
  package init(v4 number: UInt32) { (family, high, low) = (.v4, 0, UInt64(number)) }

  /// The IPv6 address that is a number in two halves.
  package init(v6 high: UInt64, _ low: UInt64) { (family, self.high, self.low) = (.v6, high, low) }

  /// An address of the other family with the same number is rare.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(high)
    hasher.combine(low)
  }

  /// Four or sixteen bytes, as on the wire.
  package var bytes: [UInt8] {
    (0..<family.byteCount).reversed().map { place in
      UInt8(truncatingIfNeeded: (place < 8 ? low : high) >> UInt64(place % 8 * 8))
    }
  }

  /// Returns the IPv4 address `a.b.c.d`.
  package static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> IPAddress {
    IPAddress(.v4, [a, b, c, d][...])
  }

  /// 127.0.0.1 or ::1.
  package static func loopback(_ family: AddressFamily) -> IPAddress {
    switch family {
    case .v4: .v4(127, 0, 0, 1)
    case .v6: IPAddress(.v6, ([UInt8](repeating: 0, count: 15) + [1])[...])
    }
  }

  /// 0.0.0.0 or ::.
  package static func any(_ family: AddressFamily) -> IPAddress {
    IPAddress(family, [UInt8](repeating: 0, count: family.byteCount)[...])
  }

  /// The IPv4 address that `::ffff:a.b.c.d` stands for (RFC 4291, 2.5.5.2); any other as it is.
  package var unmapped: IPAddress {
    guard family == .v6, high == 0, low >> 32 == 0xffff else { return self }
    return IPAddress(.v4, bytes[12...])
  }

  /// Whether it is of fe80::/16, of which every link has its own.
  package var isLinkLocal: Bool { family == .v6 && high >> 48 == 0xfe80 }

  /// Whether it is of 127.0.0.0/8, or ::1: this host itself.
  package var isLoopback: Bool {
    family == .v4 ? low >> 24 == 127 : self == .loopback(.v6)
  }
}

extension IPAddress {
  /// Reads an address as `inet_pton(3)` does: four decimal numbers without leading zeros, or groups of
  /// hexadecimal digits, of which `::` leaves some out and the last two may be an IPv4 address.
  /// Returns nil for any other text.
  package init?(_ text: some StringProtocol) {
    let text = Array(text.utf8)
    guard let bytes = text.contains(UInt8(ascii: ":")) ? Self.v6(text[...]) : Self.v4(text[...])
    else { return nil }
    self.init(bytes)
  }

  private static func v4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part -> UInt8? in
      guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
        part.count == 1 || part.first != 0x30
      else { return nil }
      return UInt8(String(decoding: part, as: UTF8.self))
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func v6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let colon = UInt8(ascii: ":")
    let gap = zip(text.indices, text.indices.dropFirst()).first {
      text[$0] == colon && text[$1] == colon
    }
    guard let gap else {
      let bytes = groups(text)
      return bytes?.count == 16 ? bytes : nil
    }
    // An IPv4 address stands at the end only.
    guard let head = groups(text[..<gap.0], mayEndInV4: false),
      let tail = groups(text[(gap.1 + 1)...]),
      head.count + tail.count <= 14
    else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: ArraySlice<UInt8>, mayEndInV4: Bool = true) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if mayEndInV4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let address = v4(part) else { return nil }
        bytes += address
        continue
      }
      guard (1...4).contains(part.count),
        part.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
    }
    return bytes
  }

  /// As `inet_ntop(3)` writes it, which is RFC 5952 but for addresses that hold an IPv4 one.
  package var description: String {
    family == .v4 ? Self.dotted(bytes[...]) : textOfGroups
  }

  private static func dotted(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { "\($0)" }.joined(separator: ".")
  }

  private var textOfGroups: String {
    let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
    let zeros = Self.longestZeros(in: groups)
    // ::a.b.c.d and ::ffff:a.b.c.d.
    let holdsV4 = zeros == 0..<6 || (zeros == 0..<5 && groups[5] == 0xffff)
    func text(_ range: Range<Int>) -> String {
      range.map { String(groups[$0], radix: 16) }.joined(separator: ":")
    }
    let end = holdsV4 ? 6 : 8
    let tail = holdsV4 ? [Self.dotted(bytes[12...])] : []
    guard let zeros else { return text(0..<8) }
    let rest = [text(zeros.upperBound..<max(zeros.upperBound, end))].filter { !$0.isEmpty } + tail
    return text(0..<zeros.lowerBound) + "::" + rest.joined(separator: ":")
  }

  /// Returns the first of the longest rows of at least two groups that are zero; nil if there is
  /// none.
  private static func longestZeros(in groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    while start < groups.count {
      let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
      if end - start >= 2, end - start > longest?.count ?? 0 { longest = start..<end }
      start = max(end, start) + 1
    }
    return longest
  }
}

/// A captured datagram.
package struct Datagram: Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads hex digits; what follows a `#` says what they are.
  package init(_ text: String) {
    let digits = text.split(separator: "\n").flatMap { line in
      line.prefix { $0 != "#" }.compactMap(\.hexDigitValue)
    }
    precondition(digits.count % 2 == 0, "half a byte")
    bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }

  /// What might have come in its place: every beginning of it, and every byte with another value.
  package var damaged: [[UInt8]] {
    var random = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
    let beginnings = bytes.indices.map { Array(bytes[..<$0]) }
    let changed = bytes.indices.flatMap { index in
      [0, 1, 0x7f, 0x80, 0xff, bytes[index] &+ 1, UInt8.random(in: .min ... .max, using: &random)]
        .map { value in
          var copy = bytes
          copy[index] = value
          return copy
        }
    }
    return beginnings + changed
  }
}

/// Random numbers that are the same in every run.
package struct Xorshift: RandomNumberGenerator {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

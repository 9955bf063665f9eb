import Glibc

extension Errno {
  /// All that have a name, in the order of their numbers.
  package static let named: [Errno] = (1...133).map { Errno(rawValue: $0) }.filter {
    $0.name.hasPrefix("E")
  }

  /// What perror(3) prints.
  package var message: String { String(cString: strerror(rawValue)) }

  /// Reads a name such as `ETIMEDOUT`, its number, or what perror(3) prints of it, in capitals or
  /// not; nil if it is none of them.
  package init?(_ text: String) {
    let word = text.uppercased()
    let found = Self.named.first {
      word == $0.name || word == "\($0.rawValue)" || word == $0.message.uppercased()
    }
    guard let found else { return nil }
    self = found
  }
}

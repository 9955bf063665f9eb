/// Inputs that are several files: each begins with a line `=== NAME`.
struct InputParts {
  /// In their order; what stands before the first such line has no name.
  let parts: [(name: String, bytes: [UInt8])]

  private static let sign = Array("=== ".utf8)
  private static let most = 32

  init(_ input: [UInt8]) {
    var parts: [(name: String, bytes: [UInt8])] = [("", [])]
    for line in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: Self.sign), parts.count < Self.most {
        parts.append((String(decoding: line.dropFirst(Self.sign.count), as: UTF8.self), []))
      } else {
        parts[parts.count - 1].bytes += line + [UInt8(ascii: "\n")]
      }
    }
    if !parts[parts.count - 1].bytes.isEmpty { parts[parts.count - 1].bytes.removeLast() }
    self.parts = parts
  }

  /// The bytes of the first part of a name; nil if there is none.
  subscript(name: String) -> [UInt8]? { parts.first { $0.name == name }?.bytes }
}

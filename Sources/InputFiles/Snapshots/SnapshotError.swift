import FoundationEssentials

/// Why a captured snapshot cannot be used: which field of it, and what is wrong there.
package struct SnapshotError: Error, CustomStringConvertible {
  /// The names that lead to the field from the top; empty where the document as a whole is meant.
  package let path: [String]
  package let message: String

  init(at path: [String] = [], _ message: String) { (self.path, self.message) = (path, message) }

  /// An error of the decoder, which does not know the place of what is no JSON.
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(
        at: context.codingPath.map(\.stringValue),
        "no snapshot: the field \(quoted(key.stringValue)) is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(at: context.codingPath.map(\.stringValue), "no snapshot: this is no object")
    case .dataCorrupted: self.init("no valid JSON; capture it again")
    @unknown default: self.init("\(error)")
    }
  }

  /// As `sysctls, net.ipv4.tcp_syn_retries: null stands where a value is needed`.
  package var description: String {
    path.isEmpty ? message : path.joined(separator: ", ") + ": " + message
  }
}

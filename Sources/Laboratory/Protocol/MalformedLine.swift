import Linux

/// A line that the protocol does not have.
struct MalformedLine: Error, Hashable {
  let line: String

  init(_ line: String) { self.line = line }

  /// As the failed read that it is.
  var asReadError: SystemCallError {
    SystemCallError(call: "read", subject: "the sandbox's pipe: “\(line)”", code: .protocolError)
  }
}

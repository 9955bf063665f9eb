import TCPModel

/// Something the user has to mend; ends the process with code 2 and nothing on standard output.
struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

extension NearestName {
  /// Returns `; did you mean X?` for a name that is near; nil if none is.
  static func question(_ name: String, among names: [String]) -> String? {
    of(name, among: names).map { "; did you mean \($0)?" }
  }
}

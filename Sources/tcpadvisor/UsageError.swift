import InputFiles
import Reports
import TCPModel

/// Something the user has to mend; ends the process with code 2 and nothing on standard output.
struct UsageError: Error, CustomStringConvertible {
  let message: String
  /// As the parser of arguments prints what a check of options throws.
  var description: String { message }

  /// On one line: what stands in it, such as the name of a file, begins no other one.
  init(_ message: String) { self.message = message.printableLine }

  /// With the line of the file, and the caret below it.
  init(_ error: ProfileError) {
    message = ([error.summary.printableLine] + error.excerpt.map(\.printable))
      .joined(separator: "\n")
  }
}

extension NearestName {
  /// Returns `; did you mean X?` for a name that is near; nil if none is.
  static func question(_ name: String, among names: [String]) -> String? {
    of(name, among: names).map { "; did you mean \($0)?" }
  }
}

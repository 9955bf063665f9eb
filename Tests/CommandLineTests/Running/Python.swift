import Foundation

/// A python3 that can validate; Debian's own may not be the first on the path.
enum Python {
  private static let interpreter = [Machine.program("python3"), "/usr/bin/python3"]
    .compactMap { $0 }.first { (try? Run([$0, "-c", "import jsonschema, yaml"]))?.code == 0 }

  static let canValidate = interpreter != nil

  /// Returns the interpreter and its arguments.
  static func words(_ arguments: String...) -> [String] { [interpreter ?? "python3"] + arguments }

  /// Runs a script of the fixtures.
  static func run(_ script: String, _ arguments: String..., input: String) throws -> Run {
    let path = Bundle.module.path(forResource: script, ofType: "py", inDirectory: "Fixtures")
    return try Run(
      [interpreter ?? "python3", path ?? "\(script).py is missing"] + arguments, input: input)
  }
}

import Advisor
import ArgumentParser
import Linux
import ProfileFiles

/// The profiles a command works with.
struct ProfileOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A built-in profile or a path to one; several are all to be met.", valueName: "name|path"))
  var profile: [String] = ["server"]

  func profiles() throws -> [Profile] {
    try profile.map(Self.load).withDistinctGroups
  }

  /// A name without `/` and ending is a built-in profile, everything else is a path.
  static func load(_ name: String) throws -> Profile {
    do {
      guard isPath(name) else { return try BuiltInProfiles.profile(named: name) }
      return try ProfileReader.profile(from: source(at: name), resolving: resolve)
    } catch let error as ProfileError {
      throw Failure(error.description)
    }
  }

  static func isPath(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name == "-"
  }
}

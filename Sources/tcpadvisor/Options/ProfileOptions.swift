import Advisor
import ArgumentParser
import InputFiles
import Linux
import TCPModel

/// The profiles a command works with.
struct ProfileOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A built-in profile or the path of one; if repeated, all must be met.", valueName: "name|path"
    ), completion: Completions.profiles)
  var profile: [String] = ["server"]

  func profiles() throws -> [Profile] {
    try profile.map(Self.load).joined
  }

  /// The same, with the files of those that are not built in.
  func profilesWithFiles() throws -> (profiles: [Profile], files: [ProfileFile]) {
    var files: [ProfileFile] = []
    do throws(ProfileError) {
      let profiles = try profile.map { (name) throws(ProfileError) in
        var sources: [ProfileSource] = []
        let profile = try Self.read(name) { sources.append($0) }
        files += ProfileFile.files(of: profile.name, from: sources.distinctFiles)
        return profile
      }
      return (profiles.joined, files.distinct)
    } catch {
      throw UsageError(error)
    }
  }

  /// A name without `/` and ending is a built-in profile, everything else is a path.
  static func load(_ name: String) throws -> Profile {
    do throws(ProfileError) {
      return try read(name)
    } catch {
      throw UsageError(error)
    }
  }

  static func read(_ name: String) throws(ProfileError) -> Profile {
    try read(name) { _ in }
  }

  /// - Parameter note: takes each file that is read, the profile's own first; one that is named from
  ///   the root is everywhere where it is.
  private static func read(_ name: String, noting note: (ProfileSource) -> Void)
    throws(ProfileError) -> Profile
  {
    if !isPath(name) { return try BuiltInProfiles.profile(named: name) }
    let own = try source(at: name)
    note(own)
    return try ProfileReader.profile(from: own) { (entry, extending) throws(ProfileError) in
      let found = try resolve(entry, extending)
      if !entry.hasPrefix("/") { note(found) }
      return found
    }
  }

  /// - Parameter kind: what the file is to be, as errors name it.
  static func source(at path: String, called kind: String = "profile", limit: Int = 1_000_000)
    throws(ProfileError) -> ProfileSource
  {
    let file = InputFile(path: path)
    do throws(SystemCallError) {
      return ProfileSource(file: file.name, bytes: try file.bytes(limit: limit))
    } catch  where error.code == .fileTooLarge {
      throw ProfileError("\(path) is larger than \(limit / 1_000_000) MB, the limit for a \(kind)")
    } catch {
      throw ProfileError("cannot read the \(kind) \(path): \(error.code)")
    }
  }

  /// A file that a profile extends lies relative to it.
  private static func resolve(_ entry: String, _ extending: ProfileSource)
    throws(ProfileError) -> ProfileSource
  {
    if entry.hasPrefix("/") { return try source(at: entry) }
    let folder = extending.file.lastIndex(of: "/").map { extending.file[...$0] } ?? ""
    // Without `./`: each turn of a circle would make the name longer, and it would never close.
    let parts = entry.split(separator: "/").filter { $0 != "." }
    return try source(at: folder + parts.joined(separator: "/"))
  }

  static func isPath(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name == "-"
  }
}

extension [ProfileSource] {
  /// Those of different names: a file that several others extend is read several times.
  fileprivate var distinctFiles: [ProfileSource] {
    var seen: Set<String> = []
    return filter { seen.insert($0.file).inserted }
  }
}

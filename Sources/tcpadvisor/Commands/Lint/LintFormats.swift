import Advisor
import InputFiles
import TCPModel

/// How files of known programs are read, looked up once somebody asks for one.
struct LintFormats {
  /// The one that all files are read as.
  let named: ConfigurationFormat?

  private static let known = Result { () throws(ProfileError) in try ConfigurationFormat.known() }

  static var names: [String] { (try? known.get())?.map(\.name) ?? [] }

  /// - Parameter name: the program whose files all paths are; nil: what their names tell.
  init(reading name: String?) throws {
    named = try name.map(Self.format)
  }

  /// Returns the format of files with a path; nil if they are of no known program.
  func format(of path: String) -> ConfigurationFormat? {
    (try? Self.known.get())?.first { $0.names(path) }
  }

  /// Reads what was said of releases: `haproxy=2.2`.
  func releases(_ texts: [String]) throws -> [String: ProgramRelease] {
    var releases: [String: ProgramRelease] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let release = ProgramRelease(parts[1]) else {
        throw UsageError(
          "--release is a program and its release, such as haproxy=2.2, and not “\(text)”")
      }
      releases[try Self.program(named: String(parts[0]))] = release
    }
    return releases
  }

  /// A file may hold settings of several programs, and each has releases of its own.
  private static func program(named name: String) throws -> String {
    let programs = try known.get().flatMap(\.programs)
    return programs.contains { $0.name == name } ? name : try format(named: name).name
  }

  private static func format(named name: String) throws -> ConfigurationFormat {
    let known = try known.get()
    if let format = known.first(where: { $0.name == name }) { return format }
    let near = NearestName.question(name, among: known.map(\.name))
    throw UsageError(
      "no file of a program “\(name)” is known\(near ?? " (there are \(names.joined(separator: ", ")))")"
    )
  }
}

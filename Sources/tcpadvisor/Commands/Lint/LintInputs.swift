import Advisor
import InputFiles
import Linux
import Reports
import SysctlFiles
import TCPModel

/// The files that are linted, and what could not be read of them.
struct LintInputs {
  /// 2 MB, as large as two seconds and 200 MB of memory allow; refused before reading further.
  static let sizeLimit = 2_000_000
  /// Directories of other things, which hold copies of much.
  private static let foreign: Set<String> = [
    ".git", ".hg", ".svn", ".build", "node_modules", ".terraform", "__pycache__", ".venv",
  ]

  /// How files of known programs are read.
  private let formats: LintFormats
  private(set) var groups: [LintGroup] = []
  private(set) var troubles: [AnnotationRun.Trouble] = []
  /// Whether something is missing without which the answer may be wrong.
  private(set) var isIncomplete = false

  init(_ formats: LintFormats) { self.formats = formats }

  /// Returns what may be written of what somebody has named: links lead to files elsewhere.
  static func writable(of paths: [String]) -> [String] {
    paths
      + paths.filter(FileTree.isDirectory).flatMap { path in
        FileTree(below: path, leavingOut: foreign).files.filter(FileTree.isLink)
      }
  }

  var files: [LintFile] { groups.flatMap(\.files) }

  /// Adds a file or a directory that somebody has named.
  mutating func add(_ path: String) {
    if path != "-", FileTree.isDirectory(path) { return addTree(path) }
    guard let bytes = bytes(of: path) else { return }
    let name = path == "-" ? "standard input" : path
    guard let file = file(bytes, name) else { return isIncomplete = true }
    groups.append(LintGroup([file]))
  }

  private mutating func addTree(_ root: String) {
    let tree = FileTree(below: root, leavingOut: Self.foreign)
    for failure in tree.failures {
      trouble(failure.path, "cannot be read: \(failure.code)")
      isIncomplete = true
    }
    if tree.isCut {
      trouble(root, "more than \(FileTree.mostFiles) files; those behind them are left out")
      isIncomplete = true
    }
    var dropIns: [Substring: [LintFile]] = [:]
    for path in tree.files
    where LintKind(ofCandidate: path) != nil || formats.format(of: path) != nil {
      guard let bytes = bytes(of: path, isFound: true) else { continue }
      guard let file = file(bytes, path), file.isWorthLinting else { continue }
      if file.isDropIn {
        dropIns[file.folder, default: []].append(file)
      } else {
        groups.append(LintGroup([file]))
      }
    }
    groups += dropIns.sorted { $0.key < $1.key }.map { _, files in Self.directory(files) }
  }

  private static func directory(_ files: [LintFile]) -> LintGroup {
    let read = files.map { ConfigurationFile($0.path, .text($0.text)) }
    return LintGroup(files, configuration: SysctlConfiguration(files: [.etc: read]))
  }

  /// Adds what a host reads at boot, and what lies beside it.
  mutating func addHost(root: String?) throws {
    let boot = try ConfigurationTreeOption(root: root).settings
    let configuration = boot.configuration
    let all =
      SysctlDirectory.allCases.flatMap { configuration.files[$0] ?? [] }
      + [configuration.mainFile].compactMap(\.self)
    var seen: Set<String> = []
    var files: [LintFile] = []
    for file in all {
      // A link to another one of them is that file.
      if let target = file.target, all.contains(where: { $0.path == target }) { continue }
      guard seen.insert(file.path).inserted else { continue }
      switch file.content {
      case .text(let text):
        files.append(LintFile(sysctls: text, path: file.path, isRead: true))
      case .unreadable(let errno):
        trouble(file.path, "cannot be read: \(errno)")
        isIncomplete = true
      }
    }
    groups.append(LintGroup(files, configuration: configuration, isHost: true))
    addUnread(root: root ?? "", but: configuration)
    // ufw has `sysctl -p` read a file of its own.
    if let file = boot.acts.first(where: { $0.owner == "ufw" })?.settings.first?.file { add(file) }
  }

  /// What lies in the directories under names that no loader reads.
  private mutating func addUnread(root: String, but configuration: SysctlConfiguration) {
    for directory in SysctlDirectory.allCases where configuration.files[directory] != nil {
      let folder = root + directory.rawValue
      let names = (try? ProcFS(root: folder).list("")) ?? []
      for name in names where !name.hasSuffix(".conf") {
        guard let bytes = bytes(of: "\(folder)/\(name)", isFound: true) else { continue }
        let file = LintFile(sysctls: bytes, path: "\(folder)/\(name)")
        if file.isWorthLinting { groups.append(LintGroup([file])) }
      }
    }
  }

  /// Takes the place of what was read, for files that were mended.
  mutating func replace(_ fixed: [String: [UInt8]]) {
    groups = groups.map { group in
      let files = group.files.map { file in
        fixed[file.path].map(file.holding) ?? file
      }
      return LintGroup(files, configuration: group.configuration, isHost: group.isHost)
    }
  }

  /// - Parameter isFound: whether nobody has named it: a link that leads nowhere is nothing then.
  private mutating func bytes(of path: String, isFound: Bool = false) -> [UInt8]? {
    do throws(SystemCallError) {
      return try InputFile(path: path).bytes(limit: Self.sizeLimit)
    } catch {
      if isFound, error.code == .noEntry { return nil }
      trouble(path, Self.reason(for: error.code))
      isIncomplete = true
      return nil
    }
  }

  private static func reason(for code: Errno) -> String {
    switch code {
    case .fileTooLarge: "larger than 2 MB, the limit"
    case .noData: "a pipe into which nobody writes"
    default: "cannot be read: \(code)"
    }
  }

  private mutating func file(_ bytes: [UInt8], _ path: String) -> LintFile? {
    do throws(ProfileError) {
      if let format = formats.named {
        return try LintFile(reading: bytes, path: path, as: format)
      }
      let file = try Self.sysctls(in: bytes, path)
      // What sets sysctls is looked at as such, whatever it is called.
      guard file.mayBeOfProgram, let format = formats.format(of: path) else { return file }
      return try LintFile(reading: bytes, path: path, as: format)
    } catch {
      troubles.append(
        AnnotationRun.Trouble(
          path, error.message, line: error.location?.line, column: error.location?.column))
      return nil
    }
  }

  private static func sysctls(
    in bytes: [UInt8], _ path: String
  ) throws(ProfileError) -> LintFile {
    switch LintKind(of: path, bytes) {
    case .sysctl: return LintFile(sysctls: bytes, path: path)
    case .nix: return LintFile(nix: bytes, path: path)
    case .script: return LintFile(script: bytes, path: path)
    case .tuned: return LintFile(tuned: bytes, path: path)
    case .yaml:
      let content = try SysctlsInYAML.content(of: bytes, file: path)
      return LintFile(
        other: bytes, path: path, content.assignments, template: content.template)
    }
  }

  private mutating func trouble(_ file: String, _ reason: String) {
    troubles.append(AnnotationRun.Trouble(file, reason))
  }
}

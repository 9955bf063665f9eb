import Advisor
import InputFiles
import Linux
import Reports
import SysctlFiles
import TCPModel

/// The files that are linted, read one group after the other, and what could not be read of them.
struct LintInputs {
  /// 2 MB, as large as two seconds and 200 MB of memory allow: of a file, which is refused before reading
  /// further, and of files that are loaded together.
  static let sizeLimit = 2_000_000
  /// Directories of other things, which hold copies of much.
  private static let foreign: Set<String> = [
    ".git", ".hg", ".svn", ".build", "node_modules", ".terraform", "__pycache__", ".venv",
  ]

  /// How files of known programs are read.
  private let formats: LintFormats
  /// What has not been read yet.
  private var parts: ArraySlice<Part> = []
  private(set) var troubles: [AnnotationRun.Trouble] = []
  /// Whether something is missing without which the answer may be wrong.
  private(set) var isIncomplete = false

  private enum Part {
    case read(LintGroup)
    /// A file that somebody has named.
    case named(String)
    /// A file of a directory.
    case found(String)
    /// A directory of sysctl files.
    case dropIns([String])
  }

  init(_ formats: LintFormats) { self.formats = formats }

  /// Returns what may be written of what somebody has named: links lead to files elsewhere.
  static func writable(of paths: [String]) -> [String] {
    paths
      + paths.filter(FileTree.isDirectory).flatMap { path in
        FileTree(below: path, leavingOut: foreign).files.filter(FileTree.isLink)
      }
  }

  /// Returns the files that come next, those together that are loaded together; nil after the last.
  mutating func next() -> LintGroup? {
    while let part = parts.popFirst() {
      if let group = group(of: part) { return group }
    }
    return nil
  }

  private mutating func group(of part: Part) -> LintGroup? {
    switch part {
    case .read(let group): group
    case .named(let path): named(path).map { LintGroup([$0]) }
    case .found(let path): found(path).map { LintGroup([$0]) }
    case .dropIns(let paths): directory(paths)
    }
  }

  private mutating func named(_ path: String) -> LintFile? {
    guard let bytes = bytes(of: path) else { return nil }
    let file = file(bytes, InputFile(path: path).name)
    if file == nil { isIncomplete = true }
    return file
  }

  private mutating func found(_ path: String) -> LintFile? {
    guard let bytes = bytes(of: path, isFound: true), let file = file(bytes, path),
      file.isWorthLinting
    else { return nil }
    return file
  }

  private mutating func directory(_ paths: [String]) -> LintGroup {
    var files: [LintFile] = []
    var size = 0
    for path in paths {
      guard let file = found(path) else { continue }
      size += file.text.bytes.count
      guard size <= Self.sizeLimit else {
        trouble(
          path, "more than 2 MB in its directory, the limit; it and those behind it are left out")
        break
      }
      files.append(file)
    }
    let read = files.map { ConfigurationFile($0.path, .text($0.text)) }
    return LintGroup(files, configuration: SysctlConfiguration(files: [.etc: read]))
  }

  /// Adds a file or a directory that somebody has named.
  mutating func add(_ path: String) {
    if path != "-", FileTree.isDirectory(path) { return addTree(path) }
    parts.append(.named(path))
  }

  private mutating func addTree(_ root: String) {
    let tree = FileTree(below: root, leavingOut: Self.foreign)
    for failure in tree.failures {
      trouble(failure.path, "cannot be read: \(failure.code)")
    }
    if tree.isCut {
      trouble(root, "more than \(FileTree.mostFiles) files; those behind them are left out")
    }
    var dropIns: [Substring: [String]] = [:]
    for path in tree.files
    where LintKind(ofCandidate: path) != nil || formats.format(of: path) != nil {
      if LintFile.isDropIn(path) {
        dropIns[LintFile.folder(of: path), default: []].append(path)
      } else {
        parts.append(.found(path))
      }
    }
    parts += dropIns.sorted { $0.key < $1.key }.map { .dropIns($0.value) }
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
      }
    }
    parts.append(.read(LintGroup(files, configuration: configuration, isHost: true)))
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
        if file.isWorthLinting { parts.append(.read(LintGroup([file]))) }
      }
    }
  }

  /// - Parameter isFound: whether nobody has named it: a link that leads nowhere is nothing then.
  private mutating func bytes(of path: String, isFound: Bool = false) -> [UInt8]? {
    do throws(SystemCallError) {
      return try InputFile(path: path).bytes(limit: Self.sizeLimit)
    } catch {
      if isFound, error.code == .noEntry { return nil }
      trouble(InputFile(path: path).name, Self.reason(for: error.code))
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
      tell(
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

  /// Tells of something without which the answer may be wrong.
  private mutating func trouble(_ file: String, _ reason: String) {
    isIncomplete = true
    tell(AnnotationRun.Trouble(file, reason))
  }

  private mutating func tell(_ trouble: AnnotationRun.Trouble) {
    Console.error("\(trouble.place): \(trouble.reason)")
    troubles.append(trouble)
  }
}

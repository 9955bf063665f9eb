package import Advisor
package import SysctlFiles
package import TCPModel

/// How live settings and sysctl files differ from what a plan wants, as `diff -u` prints it.
package struct SettingsDiff {
  private let plan: Plan
  private let host: SettingsSnapshot
  private let boot: BootSequence?
  private let isLive: Bool
  private let root: String
  private let dropIn: String

  /// - Parameters:
  ///   - boot: what files say; nil where only what was captured is known.
  ///   - name: of the plan, whose drop-in takes what no file of an administrator sets.
  ///   - isLive: whether the host's settings are what it holds, and not what files give.
  ///   - root: the directory that stands for `/` where the files are those of another tree.
  package init(
    of plan: Plan, on host: SettingsSnapshot, _ boot: BootSequence?, named name: String,
    isLive: Bool = true, below root: String = ""
  ) {
    (self.plan, self.host, self.boot, self.isLive) = (plan, host, boot, isLive)
    self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    dropIn = "\(self.root)\(SysctlDirectory.etc.rawValue)/\(PortablePlan.fileName(for: name))"
  }

  package var text: String { (isLive ? live : "") + files.joined() }

  private var changes: [Plan.SysctlChange] { plan.sysctls.sorted { $0.key < $1.key } }

  private var live: String {
    let before = changes.filter(\.isChange).map { ($0.key, $0.from.printed) }
    let after = changes.filter(\.isChange).map { ($0.key, $0.to.printed) }
    return UnifiedDiff(of: host.source, from: Self.lines(before), to: Self.lines(after)).text
  }

  private static func lines(_ values: [(SysctlKey, String?)]) -> [UInt8] {
    values.flatMap { key, value in value.map { Array("\(key) = \($0)\n".utf8) } ?? [] }
  }

  /// Where an administrator writes; other directories are those of packages.
  private var administrators: String { "\(root)/etc/" }

  /// Each file that sets a key otherwise, and the drop-in for what none sets.
  private var files: [String] {
    guard let boot else { return [] }
    var edits: [String: [Int: String]] = [:]
    var missing: [(SysctlKey, String?)] = []
    for change in changes {
      let entry = boot.load.winner(for: change.key)
      if let entry, entry.value.map({ change.isMet(by: $0) }) ?? false { continue }
      if let entry, entry.file.hasPrefix(administrators), entry.key != nil {
        edits[entry.file, default: [:]][entry.line] = change.to.printed
      } else {
        missing.append((change.key, change.to.printed))
      }
    }
    let known = boot.files.filter { edits[$0.file.path] != nil }
    return known.compactMap { known in
      known.file.text.map { file in
        UnifiedDiff(
          of: known.file.path, from: file.bytes,
          to: file.replacingValues(edits[known.file.path] ?? [:])
        ).text
      }
    } + [UnifiedDiff(of: dropIn, from: [], to: Self.lines(missing)).text]
  }
}

extension Plan.SysctlChange {
  /// Returns whether a file that says so says what is wanted.
  fileprivate func isMet(by text: String) -> Bool {
    SysctlReading(parsing: text, for: SysctlCatalog.definition(of: key))
      == .value(to)
  }
}

import TCPModel

extension SettingsSnapshot {
  /// Where the settings came from: `/proc/sys`, or `dump.txt (sysctl files)`.
  var sourceText: String { capture.map { "\(source) (\($0.format.name))" } ?? source }

  /// What to know of a capture, and what of the keys that decide something is assumed.
  func captureNotes(on keys: some Sequence<SysctlKey>) -> [RichText] {
    let remarks = capture?.remarks.map { RichText("\(source)\($0.text)") } ?? []
    let values = Set(keys).intersection(assumed).sorted(by: SysctlCatalog.areInOrder).map { key in
      "\(key) = \(self[key].text)"
    }
    guard let kernel, !values.isEmpty else { return remarks }
    let assumption: RichText =
      """
      \(StatusMark("assumed", .doubtful)): \(values.joined(separator: ", ")); \(source) does not say, \
      and these are the defaults of Linux \(kernel)
      """
    return remarks + [assumption]
  }
}

extension Document.Section {
  /// What to know of a capture, for a report that looks at these keys.
  init(on snapshot: SettingsSnapshot, deciding keys: some Sequence<SysctlKey>) {
    self.init([.notes(snapshot.captureNotes(on: keys))])
  }

  /// The same for a report that has no heading which names the kernel.
  init(of snapshot: SettingsSnapshot, deciding keys: some Sequence<SysctlKey>) {
    self.init([.notes(snapshot.kernelNotes + snapshot.captureNotes(on: keys))])
  }
}

extension SettingsCapture.Format {
  /// As people and JSON read it.
  var name: String {
    switch self {
    case .snapshot: "a snapshot"
    case .dump: "sysctl -a text"
    case .files: "sysctl files"
    }
  }
}

extension SettingsCapture.Remark {
  /// After the file's name: `:3: …`, or `: …`.
  var text: String {
    switch self {
    case .skippedLines(1, let first):
      ":\(first.number): skipped, as it sets nothing: \(first.quoted)"
    case .skippedLines(let count, let first):
      ":\(first.number): \(count) lines that set nothing are skipped; the first: \(first.quoted)"
    case .unendedLine(let line):
      ":\(line.number): the last line has no end; if the file is cut off, it may be too: \(line.quoted)"
    case .byteOrderMark:
      ":1: a byte order mark is skipped; in a sysctl file loaders take it for a part of the first name"
    case .misspelt(let line, let nearest):
      ":\(line.number): no kernel has \(line.text); did you mean \(nearest)?"
    case .moreMisspelt: ": more keys look misspelt; the first ones are named"
    case .kernelOfModules(let directory):
      ": its kernel is taken to be the newest in \(directory); --kernel names another"
    case .kernelAssumed(let kernel):
      ": no kernel is in its lib/modules, and Linux \(kernel) is taken; --kernel names another"
    }
  }
}

extension SettingsCapture.Line {
  private static let longest = 60

  fileprivate var quoted: String {
    "“\(text.prefix(Self.longest))\(text.count > Self.longest ? "…" : "")”"
  }
}

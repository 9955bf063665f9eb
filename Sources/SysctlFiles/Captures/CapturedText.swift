package import TCPModel

/// Settings that somebody captured as text: what `sysctl -a` printed, or sysctl files, with what
/// terminals and editors leave among the lines.
package struct CapturedText: Sendable {
  /// Nothing of `net.` is there.
  package struct NoSettings: Error, Hashable, Sendable {
    /// From 1: the first line that says nothing, or the one after the last.
    package let line: Int
    package let text: String
  }

  package let format: SettingsCapture.Format
  /// What the lines set, as a loader has it: the last of a doubled key, and no glob where there is a name.
  private let load: SysctlLoad
  /// What `sysctl` said of keys that it could not read.
  private let messages: [SysctlKey: SysctlReading]
  private let skipped: [SysctlLine]
  /// What follows a statement on the next line, by the number of its own.
  private let rests: [Int: String]
  private let unendedLine: SysctlLine?
  private let hasByteOrderMark: Bool

  package init(parsing bytes: [UInt8]) throws(NoSettings) {
    let text = bytes[...].withoutByteOrderMark
    hasByteOrderMark = text.count < bytes.count
    let lines = SysctlFile(parsing: Self.withNewlines(text)).lines
    let content = Content(of: lines)
    let file = ConfigurationFile(
      "\(SysctlDirectory.etc.rawValue)/captured.conf", .text(SysctlFile(content.statements)))
    load = SysctlConfiguration(files: [.etc: [file]]).load(by: .systemd)
    (messages, skipped, rests) = (content.messages, content.skipped, content.rests)
    let isDump = load.winner(for: Self.release) != nil || !content.isWritten
    format = isDump ? .dump : .files
    unendedLine = content.statements.last.flatMap { $0.ending == .none ? $0 : nil }
    guard
      load.entries.contains(where: \.isOfNetwork) || messages.keys.contains(where: \.isOfNetwork)
    else {
      throw NoSettings(
        line: skipped.first?.number ?? lines.count + 1, text: skipped.first?.shown ?? "")
    }
  }

  /// A file of an old Macintosh has carriage returns alone.
  private static func withNewlines(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    if bytes.contains(newline) { return Array(bytes) }
    return bytes.map { $0 == carriageReturn ? newline : $0 }
  }
}

extension CapturedText {
  private static let release = SysctlKey("kernel.osrelease")

  /// The kernel release that it names, with the line.
  package var release: SettingsCapture.Line? {
    guard let entry = load.winner(for: Self.release), let value = entry.value else { return nil }
    return SettingsCapture.Line(entry.line, value)
  }

  /// The settings that it holds.
  package func snapshot(source: String) -> SettingsSnapshot {
    let keys = load.keys
    let named = keys + SysctlCatalog.all.map(\.key).filter { load.winner(for: $0) != nil }
    let readings = named.compactMap { key in
      load.winner(for: key).map { (key, reading(of: key, $0)) }
    }
    var snapshot = SettingsSnapshot(
      source: source, kernel: release.flatMap { KernelVersion($0.text) }, tickRate: nil,
      readings: messages.merging(readings) { $1 })
    snapshot.capture = SettingsCapture(
      format, release: release, remarks: remarks(on: snapshot, keys))
    return snapshot
  }

  /// A number that a terminal has wrapped is not the one that was printed.
  private func reading(of key: SysctlKey, _ entry: SysctlEntry) -> SysctlReading {
    let value = entry.value ?? ""
    if let rest = rests[entry.line] { return .malformed("\(value) \(rest)") }
    return SysctlReading(parsing: value, for: SysctlCatalog[key] ?? SysctlCatalog.ofDevice(key))
  }

  private func remarks(on snapshot: SettingsSnapshot, _ keys: [SysctlKey])
    -> [SettingsCapture.Remark]
  {
    var remarks: [SettingsCapture.Remark] = []
    if hasByteOrderMark, format == .files { remarks.append(.byteOrderMark) }
    if let first = skipped.first {
      remarks.append(.skippedLines(count: skipped.count, first: first.captured))
    }
    if let unendedLine { remarks.append(.unendedLine(unendedLine.captured)) }
    // What a kernel printed is spelt as it spells it.
    guard !snapshot.isWhole else { return remarks }
    return remarks
      + keys.compactMap { key in
        guard let meant = SysctlCatalog.meant(by: key), let entry = load.winner(for: key) else {
          return nil
        }
        return .misspelt(SettingsCapture.Line(entry.line, key.rawValue), nearest: meant)
      }
  }
}

extension CapturedText {
  /// What the lines say, each by itself.
  private struct Content {
    private(set) var statements: [SysctlLine] = []
    private(set) var messages: [SysctlKey: SysctlReading] = [:]
    private(set) var skipped: [SysctlLine] = []
    private(set) var rests: [Int: String] = [:]
    /// Whether there is what people write, and no `sysctl` prints.
    private(set) var isWritten = false

    init(of lines: [SysctlLine]) {
      // Of a capture of many hosts in a row nothing is kept but what holds.
      var latest: [SysctlPattern: SysctlLine] = [:]
      var previous = 0
      for line in lines {
        switch CapturedLine(line) {
        case .blank: break
        case .comment: isWritten = true
        case .statement(let line):
          // As systemd-sysctl has it, one that says the same once more stays in the first place.
          if let statement = line.statement,
            latest[statement.pattern]?.statement?.value?.text != statement.value?.text
              || latest[statement.pattern] == nil
          {
            latest[statement.pattern] = line
          }
          previous = line.number
          isWritten = isWritten || line.isWritten
        case .message(let key, let reading): if let key { messages[key] = reading }
        case .rest:
          skipped.append(line)
          if previous == line.number - 1 { rests[previous] = line.shown }
        case .foreign: skipped.append(line)
        }
      }
      statements = latest.values.sorted { $0.number < $1.number }
    }
  }
}

extension SysctlLine {
  /// As it is shown to people.
  fileprivate var shown: String { String(decoding: bytes.trimmed, as: UTF8.self) }

  fileprivate var captured: SettingsCapture.Line { SettingsCapture.Line(number, shown) }

  /// Whether it is a glob, or has a `-` before its name.
  fileprivate var isWritten: Bool {
    guard let statement else { return false }
    return statement.hyphen != nil || statement.pattern.key == nil
  }

  fileprivate var statement: SysctlStatement? {
    if case .statement(let statement) = content { statement } else { nil }
  }
}

extension SysctlEntry {
  fileprivate var isOfNetwork: Bool {
    switch statement.pattern {
    case .key(let key): key.isOfNetwork
    case .glob(let glob): glob.path.hasPrefix("net/")
    }
  }
}

extension SysctlKey {
  fileprivate var isOfNetwork: Bool { rawValue.hasPrefix("net.") }
}

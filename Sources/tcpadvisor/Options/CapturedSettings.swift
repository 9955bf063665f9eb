import InputFiles
import Linux
import Reports
import SysctlFiles
import TCPModel

/// Settings from a file or standard input: `sysctl -a` text, or a snapshot this tool wrote.
enum CapturedSettings {
  /// 16 MB; refused before reading further.
  static let sizeLimit = 16_000_000

  static func snapshot(_ path: String) throws -> SettingsSnapshot {
    let file = InputFile(path: path)
    let source = file.name
    let bytes = try bytes(of: file)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageError("\(source): invalid UTF-8")
    }
    let first = text.first { !$0.isWhitespace }
    let snapshot = first == "{" ? try decode(bytes, source) : try parse(text, source)
    try refuseImpossible(snapshot)
    return snapshot
  }

  /// A number that no kernel takes shows that the capture is damaged, and so may the others be.
  private static func refuseImpossible(_ snapshot: SettingsSnapshot) throws {
    let malformed: [(SysctlKey, String)] = snapshot.readings.compactMap { key, reading in
      if case .malformed(let text) = reading { (key, text) } else { nil }
    }
    for (key, text) in malformed.sorted(by: { $0.0 < $1.0 }) where Double(text) != nil {
      guard let objection = SysctlCatalog[key]?.objection(to: text) else { continue }
      throw UsageError("\(snapshot.source): \(key) = \(text): \(objection); capture it again")
    }
  }

  private static func bytes(of file: InputFile) throws -> [UInt8] {
    do throws(SystemCallError) {
      return try file.bytes(limit: sizeLimit)
    } catch {
      // One clause for all: this compiler crashes on `catch where` in a function that throws anything.
      if error.code != .fileTooLarge { throw error }
      throw UsageError("\(file.name): larger than 16 MB, the limit for captured settings")
    }
  }

  private static func parse(_ text: String, _ source: String) throws -> SettingsSnapshot {
    do throws(SysctlDump.Malformed) {
      return SettingsSnapshot(try SysctlDump(parsing: text), source: source)
    } catch {
      let shown = error.text.isEmpty ? "" : ": “\(error.text.prefix(60))”"
      throw UsageError("\(source):\(error.line):1: \(error.reason)\(shown)")
    }
  }

  /// A snapshot is JSON as the command `snapshot` writes it.
  private static func decode(_ bytes: [UInt8], _ source: String) throws -> SettingsSnapshot {
    do throws(SnapshotError) {
      return try SettingsSnapshot(decoding: bytes, source: source)
    } catch {
      throw UsageError("\(source): \(error.description)")
    }
  }
}

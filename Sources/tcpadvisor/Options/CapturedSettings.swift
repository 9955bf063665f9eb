import InputFiles
import Linux
import Reports
import SysctlFiles
import TCPModel

/// Settings from a file or standard input: `sysctl -a` text, sysctl files, or a snapshot this tool
/// wrote, told apart by what they hold.
enum CapturedSettings {
  /// 16 MB; refused before reading further.
  static let sizeLimit = 16_000_000

  static func snapshot(_ path: String) throws -> SettingsSnapshot {
    let file = InputFile(path: path)
    let bytes = TextEncoding.utf8(try bytes(of: file))
    let isObject = bytes[...].withoutByteOrderMark.first { !$0.isBlank } == UInt8(ascii: "{")
    return isObject ? try decode(bytes, file.name) : try parse(bytes, file.name)
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

  private static func parse(_ bytes: [UInt8], _ source: String) throws -> SettingsSnapshot {
    let text = try text(bytes, source)
    try refuseImpossible(text.release, source)
    return text.snapshot(source: source)
  }

  private static func text(_ bytes: [UInt8], _ source: String) throws -> CapturedText {
    do throws(CapturedText.Refusal) {
      return try CapturedText(parsing: bytes)
    } catch {
      throw UsageError("\(source):\(reason(for: error, in: bytes))")
    }
  }

  /// Returns the place in the file, and what is wrong there.
  private static func reason(for refusal: CapturedText.Refusal, in bytes: [UInt8]) -> String {
    switch refusal {
    case .noSettings(let line, let text):
      let first =
        text.isEmpty ? "" : "; the first line that says nothing: “\(text.prefix(60))”"
      let encoding = String(validating: bytes, as: UTF8.self) == nil ? " (and no UTF-8)" : ""
      return "\(line):1: no key that begins with `net.` is here\(encoding)\(first)"
    case .tooManyGlobs(let line, let most):
      return "\(line):1: more than \(most) names with `*`, `?` or `[`, which is the limit"
    case .tooManySettings(let line, let most):
      return "\(line):1: more than \(most) settings, which is the limit"
    }
  }

  /// A release that never was shows that the capture is none.
  private static func refuseImpossible(_ line: SettingsCapture.Line?, _ source: String) throws {
    guard let line, KernelVersion(line.text)?.isConceivable != true else { return }
    throw UsageError(
      "\(source):\(line.number):1: kernel.osrelease = \(line.text) is no release of Linux")
  }

  /// A snapshot is JSON as the command `snapshot` writes it.
  private static func decode(_ bytes: [UInt8], _ source: String) throws -> SettingsSnapshot {
    do throws(SnapshotError) {
      return try SettingsSnapshot(
        decoding: Array(bytes[...].withoutByteOrderMark), source: source)
    } catch {
      throw UsageError("\(source): \(error.description)")
    }
  }
}

/// What editors and shells of other systems make of text.
private enum TextEncoding {
  /// PowerShell writes UTF-16, with a mark at its beginning, into files.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

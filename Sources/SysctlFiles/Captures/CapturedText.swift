package import TCPModel

/// Settings that somebody captured as text: what `sysctl -a` printed, or sysctl files, with what
/// terminals and editors leave among the lines.
package struct CapturedText: Sendable {
  /// Why nothing can be made of it.
  package enum Refusal: Error, Hashable, Sendable {
    /// Nothing of `net.` is there. The line, from 1, is the first one that says nothing, or the one
    /// after the last.
    case noSettings(line: Int, text: String)
    /// More globs than may be, from this line on.
    case tooManyGlobs(line: Int, Int)
    /// More keys than may be, from this line on.
    case tooManySettings(line: Int, Int)
  }

  package let format: SettingsCapture.Format
  private let content: CapturedContent
  private let hasByteOrderMark: Bool

  package init(parsing bytes: [UInt8]) throws(Refusal) {
    let text = bytes[...].withoutByteOrderMark
    hasByteOrderMark = text.count < bytes.count
    content = try CapturedContent(of: Self.withNewlines(text))
    format = content.release != nil || !content.isWritten ? .dump : .files
    if !content.isOfNetwork {
      let first = content.skipped?.first
      throw .noSettings(line: first?.number ?? content.lineCount + 1, text: first?.text ?? "")
    }
  }

  /// A file of an old Macintosh has carriage returns alone.
  private static func withNewlines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    if bytes.contains(newline) || !bytes.contains(carriageReturn) { return bytes }
    return bytes.map { $0 == carriageReturn ? newline : $0 }[...]
  }
}

extension CapturedText {
  /// The kernel release that it names, with the line.
  package var release: SettingsCapture.Line? { content.release }

  /// Whether it names two kernels, or two hosts.
  package var isOfSeveralHosts: Bool { content.isOfSeveralHosts }

  /// The settings that it holds.
  package func snapshot(source: String) -> SettingsSnapshot {
    var readings = content.readings
    readings.merge(content.readings(of: SysctlCatalog.all.map(\.key))) { own, _ in own }
    readings.merge(content.messages) { own, _ in own }
    var snapshot = SettingsSnapshot(
      source: source, kernel: release.flatMap { KernelVersion($0.text) }, tickRate: nil,
      readings: readings)
    snapshot.capture = SettingsCapture(format, release: release, remarks: remarks(on: snapshot))
    return snapshot
  }

  private func remarks(on snapshot: SettingsSnapshot) -> [SettingsCapture.Remark] {
    var remarks: [SettingsCapture.Remark] = []
    if hasByteOrderMark, format == .files { remarks.append(.byteOrderMark) }
    if let skipped = content.skipped {
      remarks.append(.skippedLines(count: skipped.count, first: skipped.first))
    }
    if let line = content.unendedLine { remarks.append(.unendedLine(line)) }
    // What a kernel printed is spelt as it spells it.
    if snapshot.isWhole { return remarks }
    remarks += content.misspelling.map { .misspelt($0.line, nearest: $0.meant) }
    return content.hasMoreMisspelt ? remarks + [.moreMisspelt] : remarks
  }
}

import SysctlFiles
import TCPModel

/// A remark that says which findings do not count, and why:
/// `# tcpadvisor: ignore=TA012,TA013 reason`.
package struct LintSilence: Sendable {
  package static let mark = "tcpadvisor: ignore="

  /// Where the remark stands.
  let place: LintPlace
  let ids: [String]
  let reason: String
  /// The line that it is about: its own, or the next one that is no remark.
  let line: Int
  /// Whether it stands before all that the file says, and so is about the file as well.
  let isOfFile: Bool

  static func all(in text: SysctlFile) -> [LintSilence] {
    var silences: [LintSilence] = []
    var isHead = true
    for line in text.lines {
      let isRemark = line.content == .comment || line.content == .blank
      if let silence = LintSilence(line, isRemark: isRemark, isHead: isHead, in: text) {
        silences.append(silence)
      }
      isHead = isHead && isRemark
    }
    return silences
  }

  private init?(_ line: SysctlLine, isRemark: Bool, isHead: Bool, in text: SysctlFile) {
    // Bytes first: hardly any line has one.
    guard line.bytes.contains(UInt8(ascii: "#")), let start = Self.start(in: line.bytes) else {
      return nil
    }
    let rest = line.bytes[(start + Self.mark.utf8.count)...]
    let ids = rest.prefix { !$0.isBlank }
    let words = rest.dropFirst(ids.count).split(whereSeparator: \.isBlank)
    place = LintPlace(
      line: line.number, column: line.column(of: start - line.bytes.startIndex),
      endColumn: line.column(of: ids.endIndex - line.bytes.startIndex))
    self.ids = ids.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    reason = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    isOfFile = isRemark && isHead
    self.line = isRemark ? Self.next(after: line.number, in: text) : line.number
  }

  private static func start(in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array(mark.utf8)
    return bytes.indices.first { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
  }

  private static func next(after number: Int, in text: SysctlFile) -> Int {
    let next = text.lines.dropFirst(number).first {
      $0.content != .comment && $0.content != .blank
    }
    return next?.number ?? number
  }

  /// Whether it is about a finding, reasons aside.
  func covers(_ rule: LintRule, line: Int, isOfFile: Bool) -> Bool {
    (line == self.line || isOfFile && self.isOfFile)
      && ids.contains { $0.uppercased() == rule.id }
  }
}

import Foundation

/// How promises stand in a file of the record.
enum PromiseText {
  /// A line each.
  case lines
  /// Each a text of lines, below its name.
  case texts

  private static let mark = "==> "

  func text(of promises: [Promise]) -> String {
    switch self {
    case .lines: promises.map { "\($0.name): \($0.text)\n" }.joined()
    case .texts: promises.map { "\(Self.mark)\($0.name)\n\($0.text)\n" }.joined()
    }
  }

  func promises(in text: String) -> [Promise] {
    switch self {
    case .lines:
      text.split(separator: "\n").map { line in
        let end = line.firstRange(of: ": ")
        return Promise(
          String(line[..<(end?.lowerBound ?? line.endIndex)]),
          end.map { String(line[$0.upperBound...]) } ?? "")
      }
    case .texts: Self.texts(in: text)
    }
  }

  private static func texts(in text: String) -> [Promise] {
    var texts: [(name: String, lines: [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(mark) {
        texts.append((String(line.dropFirst(mark.count)), []))
      } else if !texts.isEmpty {
        texts[texts.count - 1].lines.append(line)
      }
    }
    // What is behind the last line break of the file belongs to no text.
    if texts.last?.lines.last == "" { texts[texts.count - 1].lines.removeLast() }
    return texts.map { Promise($0.name, $0.lines.joined(separator: "\n")) }
  }
}

import Foundation

/// What users may rely on: a name, such as that of an option, and what is promised of it.
struct Promise: Equatable {
  /// Unique in its kind.
  let name: String
  let text: String

  init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }
}

/// What is different from what the last release promised.
struct PromiseChange: Equatable, CustomStringConvertible {
  enum Kind: String {
    case addition, alteration, removal

    /// The headings of the changelog under which it may stand.
    var headings: [String] {
      switch self {
      case .addition: ["Added"]
      case .alteration, .removal: ["Changed", "Removed"]
      }
    }
  }

  let kind: Kind
  /// The names by which the changelog may call it; one is enough.
  let subjects: [String]
  let description: String
  /// Whether programs that read the JSON of the last release would fail.
  var breaksReaders = false
}

extension [Promise] {
  /// Returns what is different from the promises of the last release, name by name.
  /// - Parameter subjects: how the changelog may call what has a name here.
  func changes(
    since released: [Promise], as subjects: (String) -> [String] = { [$0] }
  ) -> [PromiseChange] {
    let old = Dictionary(released.map { ($0.name, $0.text) }) { $1 }
    let new = Dictionary(map { ($0.name, $0.text) }) { $1 }
    let kept = compactMap { promise -> PromiseChange? in
      guard let text = old[promise.name] else {
        return PromiseChange(
          kind: .addition, subjects: subjects(promise.name), description: "new: \(promise.name)")
      }
      guard text != promise.text else { return nil }
      return PromiseChange(
        kind: .alteration, subjects: subjects(promise.name),
        description: "\(promise.name): \(Self.difference(text, promise.text))")
    }
    let gone = released.filter { new[$0.name] == nil }
    return kept
      + gone.map {
        PromiseChange(
          kind: .removal, subjects: subjects($0.name), description: "gone: \($0.name)")
      }
  }

  /// The first line that differs.
  private static func difference(_ old: String, _ new: String) -> String {
    let (old, new) = (old.components(separatedBy: "\n"), new.components(separatedBy: "\n"))
    let line =
      zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? Swift.min(old.count, new.count)
    let both = [old, new].map { line < $0.count ? $0[line] : "(end)" }
    return "line \(line + 1) was “\(both[0])” and is “\(both[1])”"
  }
}

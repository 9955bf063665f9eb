import Foundation

/// A document of which every text in turn is replaced by a hostile one.
struct HostileDocument {
  /// Where a text stands: names of fields and places in lists.
  private typealias Path = [Step]
  private enum Step {
    case field(String)
    case element(Int)
    /// The name of a field itself.
    case name(String)
  }

  private let root: Any

  init(_ json: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(json.utf8))
  }

  /// The document with a text in each place that takes it, and with it in each place alone.
  /// - Parameter isTaken: whether a document is read without a complaint.
  func variants(of text: String, where isTaken: (String) throws -> Bool) throws -> (
    all: String, count: Int
  ) {
    var all = root
    var count = 0
    // Names last: places are found by them.
    for path in Self.paths(in: root) {
      guard try isTaken(Self.json(Self.replacing(path[...], in: root, with: text))) else {
        continue
      }
      let more = Self.replacing(path[...], in: all, with: text)
      guard try isTaken(Self.json(more)) else { continue }
      (all, count) = (more, count + 1)
    }
    return (Self.json(all), count)
  }

  private static func json(_ value: Any) -> String {
    let data = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    // YAML takes these as escapes alone.
    return String(decoding: data ?? Data(), as: UTF8.self)
      .unicodeScalars.map {
        (0x7f...0x9f).contains($0.value) ? "\\x\(String($0.value, radix: 16))" : "\($0)"
      }
      .joined()
  }

  private static func paths(in value: Any) -> [Path] {
    if let object = value as? [String: Any] {
      let names = object.keys.sorted()
      return names.flatMap { name in paths(in: object[name] as Any).map { [.field(name)] + $0 } }
        + names.map { [.name($0)] }
    }
    if let list = value as? [Any] {
      return list.enumerated().flatMap { index, element in
        paths(in: element).map { [.element(index)] + $0 }
      }
    }
    return value is String ? [[]] : []
  }

  private static func replacing(_ path: ArraySlice<Step>, in value: Any, with text: String) -> Any {
    guard let step = path.first else { return text }
    switch step {
    case .field(let name):
      guard var object = value as? [String: Any], let part = object[name] else { return value }
      object[name] = replacing(path.dropFirst(), in: part, with: text)
      return object
    case .element(let index):
      guard var list = value as? [Any] else { return value }
      list[index] = replacing(path.dropFirst(), in: list[index], with: text)
      return list
    case .name(let name):
      guard var object = value as? [String: Any], let part = object.removeValue(forKey: name) else {
        return value
      }
      object[text] = part
      return object
    }
  }
}

import Foundation

/// JSON Schemas as text whose differences read well.
enum SchemaText {
  /// What fits stands on a line.
  static func text(of value: Any, indent: String = "") -> String {
    let line = JSON(value).text
    guard indent.count + line.count > 100 else { return line }
    let inner = indent + "  "
    func lines(_ parts: [String]) -> String {
      parts.map { "\(inner)\($0)" }.joined(separator: ",\n")
    }
    if let object = value as? [String: Any] {
      let fields = object.sorted { $0.key < $1.key }
        .map { "\(JSON($0.key).text): \(text(of: $0.value, indent: inner))" }
      return "{\n\(lines(fields))\n\(indent)}"
    }
    guard let list = value as? [Any] else { return line }
    return "[\n\(lines(list.map { text(of: $0, indent: inner) }))\n\(indent)]"
  }

  /// Without what only explains.
  /// - Parameter isMap: whether the names of the value are data, not keywords.
  static func withoutProse(_ value: Any, isMap: Bool = false) -> Any {
    if let list = value as? [Any] { return list.map { withoutProse($0) } }
    guard let object = value as? [String: Any] else { return value }
    let kept = object.filter { isMap || !["description", "title"].contains($0.key) }
    return Dictionary(
      uniqueKeysWithValues: kept.map { name, part in
        let names = ["properties", "patternProperties", "$defs"]
        return (name, withoutProse(part, isMap: !isMap && names.contains(name)))
      })
  }
}

/// The fields of a map whose names are known beforehand: nothing in it goes unread.
struct FieldReader {
  let mark: Mark
  private let node: Node

  /// Takes a map, and refuses names that nobody would read; `kind` is what its keys are.
  init(
    _ node: Node, of subject: String, known form: RecordSchema, kind: String = "field"
  ) throws(ProfileError) {
    let known = form.fields.map(\.name)
    guard case .map(let entries) = node.content else {
      throw ProfileError(
        "\(subject) is \(node.kind), where \(kind)s are needed, such as \(known.first ?? ""): …",
        at: node.mark)
    }
    if let entry = entries.first(where: { !known.contains($0.key) }) {
      throw .unknown(kind, entry.key, among: known, at: entry.mark)
    }
    (self.node, self.mark) = (node, node.mark)
  }

  /// A field; nil if it is left out or null.
  subscript(name: String) -> Node? {
    guard let value = node[name], !value.isNull else { return nil }
    return value
  }

  func required(_ name: String) throws(ProfileError) -> Node {
    if let value = self[name] { return value }
    throw ProfileError("the field “\(name)” is missing", at: mark)
  }

  func text(_ name: String) throws(ProfileError) -> String? {
    try self[name].map { (node) throws(ProfileError) in try node.text() }
  }

  /// Returns a field laid over the default of that name; null removes both.
  func overlaid(_ name: String, over base: Node?) -> Node? {
    guard let value = node[name] else { return base }
    if value.isNull { return nil }
    return base.map { value.merged(over: $0) } ?? value
  }

  /// Returns the reason and the document that may stand beside any number.
  func reasons() throws(ProfileError) -> (why: String?, source: String?) {
    (try text("why"), try text("source"))
  }
}

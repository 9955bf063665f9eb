import Advisor

extension Middlebox {
  /// Returns the middleboxes a profile knows, by name.
  static func catalogue(_ node: Node?) throws(ProfileError) -> [String: Middlebox] {
    guard let node else { return [:] }
    guard case .map(let entries) = node.content else {
      throw ProfileError(
        "“middleboxes” is a map from names to what is known of each", at: node.mark)
    }
    var catalogue: [String: Middlebox] = [:]
    for entry in entries {
      guard Node.isName(entry.key) else {
        throw ProfileError("\(quoted(entry.key)) is no name of a middlebox", at: entry.mark)
      }
      guard !entry.value.isNull else { continue }
      let fields = try FieldReader(
        entry.value, of: "“\(entry.key)”", known: ProfileFormat.middlebox)
      catalogue[entry.key] = try Middlebox(entry.key, fields, location: entry.mark)
    }
    return catalogue
  }

  /// Each has a rule of its own, and a path has few.
  private static let mostOnPath = 100

  /// Returns the middleboxes that a path names.
  static func list(
    in path: Node?, of catalogue: [String: Middlebox]
  ) throws(ProfileError) -> [Middlebox] {
    guard let names = path?["middleboxes"], !names.isNull else { return [] }
    let nodes = try names.items()
    guard nodes.count <= mostOnPath else {
      throw ProfileError("a path has at most \(mostOnPath) middleboxes", at: names.mark)
    }
    return try nodes.map { (node) throws(ProfileError) in
      let name = try node.text()
      if let middlebox = catalogue[name] { return middlebox }
      throw .unknown("middlebox", name, among: catalogue.keys.sorted(), at: node.mark)
    }
  }

  private init(_ name: String, _ fields: FieldReader, location: Mark) throws(ProfileError) {
    let timeout = try fields.required("idle_timeout")
    self.init(
      name: name, idleTimeout: try timeout.duration(),
      onExpiry: try fields.required("on_expiry").choice(of: "way to expire"),
      tcpKeepaliveCounts: try fields.required("tcp_keepalive_counts").boolean(),
      checkedOn: try fields["checked_on"].map { (node) throws(ProfileError) in try node.date() },
      source: try fields.reasons().source,
      location: location.location)
    _ = try fields.text("notes")
    guard idleTimeout > .zero else {
      throw ProfileError("an idle timeout is longer than 0s", at: timeout.mark)
    }
    if let range = fields["range"], !(try range.durations().contains(idleTimeout)) {
      throw ProfileError(
        "\(timeout.kind) is outside of the range \(range.kind)", at: timeout.mark)
    }
  }
}

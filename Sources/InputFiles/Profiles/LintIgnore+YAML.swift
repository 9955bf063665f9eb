import Advisor

extension LintIgnore {
  /// Returns what the field `lint` of a profile says.
  static func all(in node: Node) throws(ProfileError) -> [LintIgnore] {
    let fields = try FieldReader(node, of: "“lint”", known: ProfileFormat.lint)
    guard let ignore = fields["ignore"] else { return [] }
    return try ignore.items().map { (item) throws(ProfileError) in try LintIgnore(item) }
  }

  private init(_ node: Node) throws(ProfileError) {
    let fields = try FieldReader(node, of: "a silenced rule", known: ProfileFormat.lintIgnore)
    let rule = try fields.required("rule")
    let id = try rule.text()
    guard LintRule.all.contains(where: { $0.id == id }) else {
      throw .unknown("rule", id, among: LintRule.all.map(\.id), at: rule.mark)
    }
    self.init(
      id, because: try fields.required("why").text(), file: try fields.text("file"))
  }
}

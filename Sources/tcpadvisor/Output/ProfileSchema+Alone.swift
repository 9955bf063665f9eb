import InputFiles
import Reports

extension ProfileSchema {
  /// What a profile that inherits nothing must say itself; with `extends` that cannot be seen here.
  static var condition: JSON {
    ["if": ["properties": ["extends": ["type": "null"]]], "then": alone]
  }

  private static var alone: JSON {
    [
      "anyOf": .array(["objectives", "connections", "sysctls", "middleboxes"].map(filled)),
      "properties": [
        "objectives": each(objective), "sysctls": each(requirement), "middleboxes": middleboxes,
      ],
    ]
  }

  /// The field is there and holds something.
  private static func filled(_ field: String) -> JSON {
    let something: JSON = ["type": ["object", "array"], "minProperties": 1]
    return ["required": names([field]), "properties": .object([field: something])]
  }

  /// Something is asked, and `recover` follows `survive`.
  private static var objective: JSON {
    [
      "anyOf": [present(["within"]), present(["survive"]), ["type": "null"]],
      "not": [
        "allOf": [present(["recover"]), ["not": present(["survive"])]]
      ],
    ]
  }

  private static var requirement: JSON {
    [
      "anyOf": .array(
        ["value", "at_least", "at_most", "keep"].map { present([$0]) } + [["type": "null"]])
    ]
  }

  /// Of a middlebox that is in no catalogue everything must be said.
  private static var middleboxes: JSON {
    let needs = ProfileFormat.profile.fields.compactMap { field -> JSON? in
      guard case .named(_, let known, let needed) = field.shape else { return nil }
      let whole: JSON = ["anyOf": [present(needed), ["type": "null"]]]
      return [
        "properties": .object(Dictionary(known.map { ($0, [:]) }) { $1 }),
        "additionalProperties": whole,
      ]
    }
    return needs.first ?? [:]
  }

  private static func each(_ value: JSON) -> JSON { ["additionalProperties": value] }
}

import TCPModel

/// The published JSON Schema of what a command prints with `--json`, or of a line of `--format jsonl`.
package struct PublishedSchema: Sendable {
  /// That of the command; with `-line` behind it if it is that of a line.
  package let name: String
  /// Raised by what breaks readers: a name that is gone or renamed, or another type behind it.
  package let version: Int
  /// What it describes.
  package let summary: String
  private let form: @Sendable (PublishedSchema) -> JSONSchema

  init(
    _ name: String, version: Int = 1, _ summary: String,
    form: @escaping @Sendable (PublishedSchema) -> JSONSchema
  ) {
    (self.name, self.version, self.summary, self.form) = (name, version, summary, form)
  }

  /// A name, not an address: nothing is fetched to read what was printed.
  package var id: String { "urn:\(Tool.name):schema:\(name):\(version)" }

  /// The whole schema, with the definitions that it needs.
  package var json: JSON {
    var definitions: [String: JSON] = [:]
    let schema = form(self).json(collecting: &definitions)
    return schema.merging([
      "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string(id),
      "title": .string("\(Tool.name): \(summary)"), "$defs": .object(definitions),
    ])
  }

  /// The schema as the list of all has it.
  package var entry: JSON {
    [
      "name": .string(name), "id": .string(id), "version": .integer(version),
      "summary": .string(summary),
    ]
  }

  /// Nil if none is called so.
  package static func named(_ name: some StringProtocol) -> PublishedSchema? {
    all.first { $0.name == name }
  }
}

extension PublishedSchema {
  /// An answer with the fields that every one has.
  /// - Parameters:
  ///   - words: what it was given to: the name, or with a word behind it.
  ///   - host: null where settings play no part.
  func answer(
    as words: String? = nil, about host: JSONSchema = .null, _ fields: [JSONSchema.Field]
  ) -> JSONSchema {
    .object(
      [
        .init("$schema", .words([id]), "The schema of this object."),
        .init("schema_version", .integers(version...version), "The version of that schema."),
        .init("tool", .words([Tool.name]), "What printed it."),
        .init("version", .text, "The version of the tool."),
        .init("command", .words([words ?? name]), "The command that printed it."),
        .init("host", host, "Whose settings were looked at; null if none were."),
      ] + fields)
  }
}

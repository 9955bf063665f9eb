extension JSONSchema {
  /// The schema as JSON.
  /// - Parameter definitions: gets those that the schema refers to, by their names.
  func json(collecting definitions: inout [String: JSON]) -> JSON {
    switch self {
    case .anything: [:]
    case .null: ["type": "null"]
    case .boolean: ["type": "boolean"]
    case .text: ["type": "string"]
    case .pattern(let expression): ["type": "string", "pattern": .string(expression)]
    case .words(let words): ["type": "string", "enum": .array(words.map(JSON.string))]
    case .integer: ["type": "integer"]
    case .integers(let range):
      [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .number: ["type": "number"]
    case .numbers(let range):
      [
        "type": "number", "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ]
    case .atLeast(let least): ["type": "integer", "minimum": .integer(least)]
    case .seconds: ["type": "number", "minimum": 0]
    case .list(let element):
      ["type": "array", "items": element.json(collecting: &definitions)]
    case .map(let value):
      ["type": "object", "additionalProperties": value.json(collecting: &definitions)]
    case .object(let fields): Self.json(of: fields, collecting: &definitions)
    case .either(let schemas):
      ["anyOf": .array(schemas.map { $0.json(collecting: &definitions) })]
    case .orNull(let schema): schema.json(collecting: &definitions).acceptingNull
    case .defined(let definition): definition.reference(collecting: &definitions)
    }
  }

  private static func json(of fields: [Field], collecting definitions: inout [String: JSON])
    -> JSON
  {
    var properties: [String: JSON] = [:]
    for field in fields {
      properties[field.name] = field.schema.json(collecting: &definitions)
        .merging(["description": .string(field.about)])
    }
    return [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
    ]
  }
}

extension JSONSchema.Definition {
  fileprivate func reference(collecting definitions: inout [String: JSON]) -> JSON {
    if definitions[name] == nil {
      definitions[name] = schema.json(collecting: &definitions)
        .merging(["description": .string(about)])
    }
    return ["$ref": .string("#/$defs/\(name)")]
  }
}

extension JSON {
  /// A schema that takes null as well; of what has no type of its own, as an alternative.
  fileprivate var acceptingNull: JSON {
    guard case .object(var fields) = self, let type = fields["type"] else {
      return ["anyOf": [self, ["type": "null"]]]
    }
    fields["type"] = [type, "null"]
    if case .array(let words)? = fields["enum"] { fields["enum"] = .array(words + [.null]) }
    return .object(fields)
  }
}

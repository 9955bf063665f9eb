import InputFiles
import Reports

/// The JSON Schema of profiles, made from the tables that the reader uses.
///
/// Only keywords that draft 7 has as well: not every editor knows a newer one. Numbers may be quoted
/// and text may look like a number: the reader takes both, and so do the types here.
enum ProfileSchema {
  static var json: JSON {
    let head: JSON = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Profile of \(Tool.name)",
      "description": "What an administrator asks of the TCP connections of a host.",
      "$defs": definitions,
    ]
    let profile = map(ProfileFormat.profile, needed: ["schema", "name"])
    return head.merging(profile).merging(condition)
  }

  private static var definitions: JSON {
    let forms = ProfileFormat.forms.map { form in
      (form.name, map(form, needed: needed[form.name] ?? []))
    }
    let common: JSON = [
      "text": scalar("\\S"), "boolean": boolean,
      "duration": text("^\\s*\(duration)\\s*$"), "positive": text("^\\s*\(positive)\\s*$"),
      "durations": text("^\\s*\(positive)\\s*(\\.\\.\\s*\(positive)\\s*)?$"),
    ]
    return common.merging(.object(Dictionary(forms) { $1 })).merging(demandDefinitions)
  }

  /// The fields that a map of a form must have.
  private static let needed = ["group": ["name"], "ignore": ["rule", "why"]]

  /// The lookahead keeps numbers as short as the reader wants them.
  private static let duration = "(?=[0-9.]{1,20}[^0-9.])[0-9]+(\\.[0-9]+)?\\s*(us|ms|s|min|h)"
  private static let positive = "(?=[0-9.]*[1-9])" + duration
  private static let name = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
  private static let network =
    "^\\s*([0-9]{1,3}(\\.[0-9]{1,3}){3}(/([0-9]|[12][0-9]|3[0-2]))?"
    + "|[0-9A-Fa-f:]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/([1-9]?[0-9]|1[01][0-9]|12[0-8]))?)\\s*$"
  private static let date = "^\\s*[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\\s*$"

  private static let boolean: JSON = [
    "anyOf": [
      ["enum": [true, false, "yes", "no"]], anyCase(["yes", "no", "true", "false"]),
    ]
  ]
}

// MARK: shapes

extension ProfileSchema {
  static func schema(of shape: FieldType) -> JSON {
    switch shape {
    case .version: ["enum": [1, "1"]]
    case .text, .setting, .bound: reference("text")
    case .name: scalar(name)
    case .network: text(network)
    case .date: text(date)
    case .boolean: reference("boolean")
    case .yes: ["anyOf": [["enum": [true, "yes"]], anyCase(["yes", "true"])]]
    case .integer(let range): number(in: range)
    case .duration: reference("duration")
    case .positiveDuration: reference("positive")
    case .durations: reference("durations")
    case .choice(let names): one(of: names)
    case .anyCase(let names): ["anyOf": [one(of: names), anyCase(names)]]
    case .known(let names): ["anyOf": [one(of: names), reference("text")]]
    case .profile(let names): ["anyOf": [one(of: names), text("/|\\.ya?ml$")]]
    case .list(let item): oneOrMany(schema(of: item))
    case .maps(let form): ["type": "array", "minItems": 1, "items": reference(form.name)]
    case .map(let form): reference(form.name)
    case .named(let form, let known, _): named(known, reference(form.name))
    case .requirements: requirements
    }
  }

  /// A map with the fields of a form and no other.
  private static func map(_ form: RecordSchema, needed: [String]) -> JSON {
    let properties = form.fields.map { field in
      let value = schema(of: field.shape)
      let isNeeded = needed.contains(field.name)
      return (field.name, (isNeeded ? value : removable(value)).merging(about(field)))
    }
    return closed(properties).merging(needed.isEmpty ? [:] : ["required": names(needed)])
  }

  /// A map with these properties and no other.
  static func closed(_ properties: [(String, JSON)]) -> JSON {
    [
      "type": "object", "properties": .object(Dictionary(properties) { $1 }),
      "additionalProperties": false,
    ]
  }

  private static func named(_ known: [String], _ value: JSON) -> JSON {
    [
      "type": "object", "propertyNames": ["pattern": .string(name)],
      "properties": .object(Dictionary(known.map { ($0, removable(value)) }) { $1 }),
      "additionalProperties": removable(value),
    ]
  }

  static func about(_ field: Field) -> JSON {
    ["title": .string(field.name), "description": .string(field.meaning)]
  }

  static func reference(_ name: String) -> JSON { ["$ref": "#/$defs/\(name)"] }

  /// null removes what is inherited.
  static func removable(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

  static func oneOrMany(_ item: JSON) -> JSON {
    ["anyOf": [item, ["type": "array", "items": item]]]
  }

  static func names(_ names: [String]) -> JSON { .array(names.map(JSON.string)) }

  private static func one(of choices: [String]) -> JSON { ["enum": names(choices)] }

  static func text(_ pattern: String) -> JSON { ["type": "string", "pattern": .string(pattern)] }

  /// Text, or what YAML takes for a number or a boolean.
  static func scalar(_ pattern: String) -> JSON {
    ["type": ["string", "number", "boolean"], "pattern": .string(pattern)]
  }

  private static func anyCase(_ words: [String]) -> JSON {
    let spellings = words.map { word in
      word.map { $0 == "-" ? "[-_]" : "[\($0.lowercased())\($0.uppercased())]" }.joined()
    }
    return text("^(\(spellings.joined(separator: "|")))$")
  }

  /// A whole number; where it is quoted, its range is left to the reader.
  static func number(in range: ClosedRange<Int>?) -> JSON {
    let number: JSON = ["type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$"]
    return range.map {
      number.merging(["minimum": .integer($0.lowerBound), "maximum": .integer($0.upperBound)])
    } ?? number
  }
}

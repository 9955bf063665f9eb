/// What JSON may stand in a place: as much of JSON Schema (draft 2020-12) as this tool's output needs.
package indirect enum JSONSchema: Sendable {
  case anything, null, boolean
  case text
  /// Text that matches a regular expression.
  case pattern(String)
  /// One of a closed set of words.
  case words([String])
  case integer
  case integers(ClosedRange<Int>)
  case number
  case numbers(ClosedRange<Double>)
  case atLeast(Int)
  /// Not negative.
  case seconds
  case list(JSONSchema)
  /// An object whose names are data, such as keys of sysctls.
  case map(JSONSchema)
  /// An object that has these fields and no other.
  case object([Field])
  case either([JSONSchema])
  case orNull(JSONSchema)
  case defined(Definition)

  /// A name in an object, and what stands there.
  package struct Field: Sendable {
    let name: String
    let schema: JSONSchema
    let about: String
    let isRequired: Bool

    init(_ name: String, _ schema: JSONSchema, _ about: String, isRequired: Bool = true) {
      (self.name, self.schema, self.about) = (name, schema, about)
      self.isRequired = isRequired
    }
  }

  /// What stands in several places, described once.
  package struct Definition: Sendable {
    let name: String
    let about: String
    let schema: JSONSchema

    init(_ name: String, _ about: String, _ schema: JSONSchema) {
      (self.name, self.about, self.schema) = (name, about, schema)
    }

    init(_ name: String, _ about: String, _ fields: [Field]) {
      self.init(name, about, .object(fields))
    }
  }
}

extension JSONSchema {
  static let count = atLeast(0)
  /// The name of an errno.
  static let errno = pattern("^E[A-Z0-9]+$")
  /// Null stands for what is absent.
  static let textOrNull = orNull(.text)
  static let secondsOrNull = orNull(.seconds)
  static let countOrNull = orNull(.count)

  static func words<Word: CaseIterable & RawRepresentable>(of type: Word.Type) -> JSONSchema
  where Word.RawValue == String {
    words(type.allCases.map(\.rawValue))
  }

  /// Objects that have these fields each.
  static func list(of fields: [Field]) -> JSONSchema { list(object(fields)) }
}

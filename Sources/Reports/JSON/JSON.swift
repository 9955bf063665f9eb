import TCPModel

/// A JSON value; what is absent stays, as null.
package enum JSON: Sendable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// A number that is already written out.
  case digits(String)
  case string(String)
  case array([JSON])
  /// A list so long that its elements are made one by one as they are written.
  case each(count: Int, @Sendable (Int) -> JSON)
  case object([String: JSON])

  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements) { $1 })
  }

  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(stringLiteral text: String) { self = .string(text) }
  package init(integerLiteral number: Int) { self = .integer(number) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }

  package static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
  package static func seconds(_ time: Duration?) -> JSON {
    time.map { .digits($0.decimalSeconds) } ?? .null
  }

  /// These fields, with those of `other` beside them.
  package func merging(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    return .object(mine.merging(theirs) { $1 })
  }
}

import TCPModel

/// A JSON value; what is absent stays, as null.
enum JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  /// A list so long that its elements are made one by one as they are written.
  case each(count: Int, @Sendable (Int) -> JSON)
  case object([String: JSON])

  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements) { $1 })
  }

  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(stringLiteral text: String) { self = .string(text) }
  init(integerLiteral number: Int) { self = .integer(number) }
  init(booleanLiteral value: Bool) { self = .bool(value) }

  static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
  static func seconds(_ time: Duration?) -> JSON { time.map { .number($0.seconds) } ?? .null }

  /// These fields, with those of `other` beside them.
  func merging(_ other: JSON) -> JSON {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    return .object(mine.merging(theirs) { $1 })
  }
}

/// A value of a sysctl.
package enum SysctlValue: Hashable, Sendable, CustomStringConvertible {
  /// One whole number.
  case number(Int)
  /// Several, such as the three of tcp_rmem.
  case numbers([Int])
  /// A name, or a list that has no order.
  case text(String)

  /// As `/proc` prints it, tabs as one blank.
  package var printed: String {
    switch self {
    case .number(let number): "\(number)"
    case .numbers(let numbers): numbers.map(String.init).joined(separator: " ")
    case .text(let text): text
    }
  }

  package var description: String { printed }

  /// The one number that it is; nil if it is none, or several.
  package var number: Int? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The numbers in it; none in a text.
  package var numbers: [Int] {
    switch self {
    case .number(let number): [number]
    case .numbers(let numbers): numbers
    case .text: []
    }
  }

  /// A row of numbers, which may be a single one.
  package init(_ numbers: [Int]) {
    self = numbers.count == 1 ? .number(numbers[0]) : .numbers(numbers)
  }
}

extension SysctlValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral number: Int) { self = .number(number) }
}

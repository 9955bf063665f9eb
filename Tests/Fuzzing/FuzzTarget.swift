/// One way into the program: an input, and all that is made of it.
package struct FuzzTarget: Sendable {
  /// As a folder of the corpus is called.
  package let name: String
  /// The most bytes of an input: more make it slower, and find no more.
  package let longest: Int
  /// About how many inputs are tried in a second.
  package let rate: Int
  /// Reads an input, or refuses it; returns what is wrong with what came of it.
  private let check: @Sendable ([UInt8]) throws(FuzzFault) -> Void

  init(
    _ name: String, longest: Int = 4096, rate: Int,
    check: @escaping @Sendable ([UInt8]) throws(FuzzFault) -> Void
  ) {
    (self.name, self.longest, self.rate, self.check) = (name, longest, rate, check)
  }

  /// - Throws: what is wrong with what was made of the input. What must not happen at all traps.
  package func run(on input: [UInt8]) throws(FuzzFault) { try check(input) }

  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// What must not come of any input.
package struct FuzzFault: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

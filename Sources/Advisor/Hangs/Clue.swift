/// What to look at to know a wait from others, and what is there to be seen if it is this one.
package struct Clue: Hashable, Sendable {
  /// What is typed into a shell; nil where something is to be known rather than seen.
  package let command: String?
  package let expectation: String

  package init(_ command: String? = nil, _ expectation: String) {
    (self.command, self.expectation) = (command, expectation)
  }
}

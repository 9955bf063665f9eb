/// A command that gives up what it does not need before it reads anything.
protocol ConfinedCommand: RestrictedCommand {
  /// Answers, once the rest is given up.
  func runConfined() throws
}

extension ConfinedCommand {
  func run() throws {
    confine()
    try runConfined()
  }
}

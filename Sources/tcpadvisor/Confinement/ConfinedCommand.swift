import ArgumentParser
import Linux

/// A command that gives up what it does not need before it reads anything.
protocol ConfinedCommand: ParsableCommand {
  /// What it keeps the right to do, as it was asked.
  var rights: Rights { get }
  /// The files and folders that it was asked to write.
  var written: [String] { get }
  /// Answers, once the rest is given up.
  func run(under confinement: Confinement) throws
}

extension ConfinedCommand {
  var rights: Rights { [] }
  var written: [String] { [] }

  func run() throws { try run(under: confined()) }

  /// Gives up all rights but its own.
  func confined() -> Confinement {
    var rights = rights
    if !written.isEmpty { rights.insert(.files) }
    return .enter(keeping: rights, writing: written)
  }
}

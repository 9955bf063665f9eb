import ArgumentParser
import Linux

/// A command that says which rights it needs, as it was asked.
protocol RestrictedCommand: ParsableCommand {
  /// What it keeps the right to do.
  var rights: Rights { get }
  /// The files and folders that it was asked to write.
  var written: [String] { get }
}

extension RestrictedCommand {
  var rights: Rights { [] }
  var written: [String] { [] }

  /// Gives up all rights but its own.
  @discardableResult
  func confine() -> Confinement {
    var rights = rights
    if !written.isEmpty { rights.insert(.files) }
    return .enter(keeping: rights, writing: written)
  }
}

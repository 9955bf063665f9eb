import Laboratory
import Linux

/// A command that measures in a sandbox, which starts before rights are given up, and needs some of
/// them to enter its namespaces.
protocol MeasuringCommand: RestrictedCommand {
  var namespace: NamespaceOption { get }
  var measures: Bool { get }
  /// - Parameter laboratory: nil where nothing is measured.
  func run(in laboratory: inout Laboratory?, under confinement: Confinement) throws
}

extension MeasuringCommand {
  func run() throws {
    var laboratory: Laboratory?
    if measures {
      // Where there is no sandbox, it measures there.
      try namespace.enter()
      laboratory = try Laboratory()
    }
    try run(in: &laboratory, under: confine())
  }
}

package import Advisor
package import TCPModel

extension PortablePlan {
  /// Returns what takes the plan back: the same keys with the values read before. What is no value, or
  /// could not stand on one line as it is, is told instead of set.
  package func undone(to snapshot: SettingsSnapshot) -> PortablePlan {
    restoring(snapshot) { $0 == $0.printableLine }
  }
}

package import Linux
package import NetAddress
package import TCPModel

extension SettingsReader {
  /// Returns what the neighbour table has set for one device of this process's namespace.
  package func neighbourSettings(of device: String, _ family: AddressFamily)
    throws(SystemCallError) -> SettingsSnapshot
  {
    try snapshot(
      of: [],
      and: Scenario.neighbourSysctls.filter { $0.family == family }.map { $0.ofDevice(device) })
  }

  /// Adds what each device has of those neighbour settings that are not shown for all of them, as in
  /// every network namespace but the first.
  package func addDevices(to snapshot: inout SettingsSnapshot) throws(SystemCallError) {
    for family in AddressFamily.allCases {
      let absent = snapshot.readings.keys.filter { $0.family == family && snapshot[$0] == .absent }
      guard !absent.isEmpty else { continue }
      let own = devices(family).flatMap { device in absent.map { $0.ofDevice(device) } }
      snapshot.readings.merge(try self.snapshot(of: [], and: own).readings) { $1 }
    }
  }

  /// Returns the devices that have neighbour settings; before Linux 5.17 user namespaces see none.
  private func devices(_ family: AddressFamily) -> [String] {
    do throws(SystemCallError) {
      return try procFS.list("sys/net/\(family.rawValue)/neigh").filter { $0 != "default" }
    } catch {
      return []
    }
  }
}

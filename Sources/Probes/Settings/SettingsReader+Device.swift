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
      and: Scenario.neighbour.sysctls.filter { $0.family == family }.map { $0.ofDevice(device) })
  }
}

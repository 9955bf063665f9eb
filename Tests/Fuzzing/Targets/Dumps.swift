import Advisor
import Reports
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// What `sysctl -a` prints, and sysctl files, as captured settings.
  static let dumps = FuzzTarget("dumps", rate: 6) { (bytes) throws(FuzzFault) in
    let text: CapturedText
    do throws(CapturedText.Refusal) {
      text = try CapturedText(parsing: bytes)
    } catch {
      return
    }
    try text.snapshot(source: "input").check()
  }
}

extension SettingsSnapshot {
  /// Looks at what is said of settings, whatever they are.
  func check() throws(FuzzFault) {
    _ = localPorts
    _ = decidingAboutNeighbours()
    for release in [KernelVersion(3, 10), KernelVersion(7, 3)] { _ = moved(to: release) }
    let host: Host
    do throws(Unknown) {
      host = try Host(assumingDefaults())
    } catch {
      return
    }
    for scenario in Scenario.allCases {
      let experiment = Experiment(
        scenario, in: host.snapshot, options: SocketOptions([.keepalive: 1]))
      try Timeline(of: experiment, under: host.rules).check("\(scenario)")
    }
  }
}

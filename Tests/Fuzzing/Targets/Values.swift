import Advisor
import InputFiles
import NetAddress
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// Durations, numbers, names and releases, as options of the command line have them.
  static let values = FuzzTarget("values", longest: 256, rate: 3000) { (bytes) throws(FuzzFault) in
    let text = String(decoding: bytes, as: UTF8.self)
    try checkDurations(text)
    try checkSettings(text)
    _ = KernelNumber.parse(bytes)
    _ = ProgramRelease(text)
    _ = (IPAddress(text), IPPrefix(text))
    let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
    if halves.count == 2 { _ = Glob(halves[0]).matches(halves[1]) }
    guard let kernel = KernelVersion(text) else { return }
    _ = (kernel.patch, kernel.isConceivable, KernelRules.objection(to: kernel))
    if let host = try? Host(.defaults(of: kernel)) { _ = host.rules.tickRates }
  }

  private static func checkDurations(_ text: String) throws(FuzzFault) {
    let ends = DurationText.ends(text)
    for part in [text[...], ends.lower, ends.upper] {
      guard let time = try? DurationText.duration(part) else { continue }
      guard .zero <= time, time <= .seconds(8760 * 3600) else { throw FuzzFault("\(time)") }
      _ = (time.text, time.decimalSeconds, time.seconds)
    }
    _ = DurationText.unit(of: text)
    guard let said = try? SaidTime(text) else { return }
    guard .zero < said.time, .zero < said.step else { throw FuzzFault("\(said)") }
  }

  private static func checkSettings(_ text: String) throws(FuzzFault) {
    let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = halves.first, halves.count == 2 else { return }
    let key = SysctlKey(parsing: name)
    _ = (key.path, key.device, key.family, key.shortName)
    let pattern = SysctlPattern(parsing: name)
    _ = (pattern.matches(.tcpRetries2), pattern.glob.map { $0.matches(key) })
    for sysctl in SysctlCatalog.sysctls(named: name) {
      guard sysctl.objection(to: halves[1]) == nil else { continue }
      var snapshot = SampleHosts.stock.snapshot
      snapshot[sysctl.key] = SysctlReading(parsing: halves[1], for: sysctl)
      for scenario in Scenario.allCases where scenario.sysctls.contains(sysctl.key) {
        let options = SocketOptions([.keepalive: 1])
        try Timeline(of: Experiment(scenario, in: snapshot, options: options)).check(text)
      }
    }
  }
}

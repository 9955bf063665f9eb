import TCPModel

/// The settings that meet a set of profiles on given hosts, before anything is compared with what is
/// set today.
struct Solution {
  /// What a program is to set.
  struct Program: Hashable {
    var options: [SocketOption: Int] = [:]
    var deadlines: [Scenario: Duration] = [:]
    /// The scenarios that each option or limit is there for.
    var scenarios: [SocketOption: Scenario] = [:]
  }

  /// Every key that decides an objective through the sysctl lever, also where it is the default.
  var sysctls: [SysctlKey: String] = [:]
  /// By the position of the group among all groups of all profiles.
  var programs: [Int: Program] = [:]
  /// For each key the groups and scenarios it is there for.
  var decides: [SysctlKey: [(member: Int, scenario: Scenario)]] = [:]
  var contradictions: [Plan.Contradiction] = []

  mutating func set(_ key: SysctlKey, _ value: Int, for member: Int, _ scenario: Scenario) {
    sysctls[key] = "\(value)"
    if decides[key]?.contains(where: { $0 == (member, scenario) }) != true {
      decides[key, default: []].append((member, scenario))
    }
  }

  mutating func set(_ option: SocketOption, _ value: Int, for member: Int, _ scenario: Scenario) {
    programs[member, default: Program()].options[option] = value
    programs[member, default: Program()].scenarios[option] = scenario
  }
}

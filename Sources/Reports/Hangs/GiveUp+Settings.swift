import Advisor
import TCPModel

extension HangCandidate.GiveUp {
  var experiment: Experiment { suspect.experiment }

  /// The settings that decide it, each once, the decisive one first; none where the program, a constant
  /// or luck does.
  private var deciding: [SettingValue] {
    guard end == .giveUp else { return [] }
    return timeline.decisiveLimits.flatMap(\.settings).reduce(into: []) { known, setting in
      if !known.contains(setting) { known.append(setting) }
    }
  }

  var sysctls: [(key: SysctlKey, value: Int)] {
    deciding.compactMap { setting in
      guard case .sysctl(let key) = setting.setting else { return nil }
      return (key, setting.value)
    }
  }

  /// What the program sets that plays a part.
  var options: SocketOptions { experiment.options.deciding(timeline.scenario) }

  /// What is set, and the times that the program keeps: `tcp_syn_retries = 6`.
  var settingsText: String {
    let values = sysctls.map { "\($0.key.shortName) = \($0.value)" }
    let options = options.isEmpty ? [] : [options.text]
    let timers = suspect.timers.text
    return (values + options + (timers.isEmpty ? [] : [timers])).joined(separator: ", ")
  }
}

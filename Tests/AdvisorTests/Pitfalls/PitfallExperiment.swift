import TCPModel

/// A case written short: defaults of a release, at 250 ticks, and what is different.
func pitfallExperiment(
  _ scenario: Scenario, _ options: [SocketOption: Int] = [:], _ sysctls: [SysctlKey: Int] = [:],
  kernel: String = "6.18"
) -> Experiment {
  let release = KernelVersion(kernel) ?? KernelVersion(6, 18)
  var snapshot = SettingsSnapshot.defaults(of: release, tickRate: TickRate(hertz: 250))
  for (key, value) in sysctls { snapshot[key] = .value(.number(value)) }
  return Experiment(scenario, in: snapshot, options: SocketOptions(options))
}

package import TCPModel

/// What is emitted for configuration management: a function of the profiles and kernels alone, so
/// that the text is the same on every host, before and after it is applied.
package struct Emission: Sendable {
  package let profiles: [Profile]
  package let kernels: [KernelVersion]
  /// Every setting that decides an objective, also where it is the default; before is the compiled
  /// default of the kernels, after what holds on all of them, at every common tick.
  package let plan: Plan

  /// - Throws: `Unknown` when a kernel is older than what is modelled.
  package init(for profiles: [Profile], kernels: [KernelVersion]) throws(Unknown) {
    (self.profiles, self.kernels) = (profiles, kernels)
    var baselines: [Host] = []
    for kernel in kernels { baselines.append(try Host(defaultsOf: kernel)) }
    let solution = Solver(for: profiles, on: baselines).solve()
    plan = PlanDraft(solution, for: profiles, on: baselines, .everything).plan
  }

  /// The profiles' names as files are named after them, joined by `+`.
  package var name: String { profiles.map(\.name).joined(separator: "+") }
  package var fileName: String { "60-tcpadvisor-\(name).conf" }
}

package import NetAddress

/// What is known of a scenario; each is defined in the file of its simulation, and is one object, of
/// which no search makes copies.
package final class ScenarioDefinition: Sendable {
  /// Returns what happens in an experiment under the rules of a kernel.
  typealias Simulation = @Sendable (Experiment, KernelRules) throws(Unknown) -> Timeline

  package enum Ending: Hashable, Sendable {
    /// A program that holds the socket is told an errno; nil if the simulation says which.
    case reported(errno: String?)
    /// No program holds the socket any more, or none ever did.
    case unreported

    package var errno: String? { if case .reported(let errno) = self { errno } else { nil } }

    /// What epoll reports at the end; nil if no program holds the socket.
    package var events: EpollEvents? { self == .unreported ? nil : .failure }
  }

  /// One end of a connection that is being opened.
  package enum Opener: Sendable { case client, server }

  /// What happened, in a line.
  package let summary: String
  /// The moment from which its times count.
  package let start: String
  package let ending: Ending
  /// Who opens the connection, where the scenario comes before it is established; nil after that.
  package let opener: Opener?
  /// The sysctls that decide when it ends, as far as it is modelled.
  package let sysctls: [SysctlKey]
  /// The options that decide when it ends, on the socket that it happens to.
  package let options: [SocketOption]
  /// What a kernel must have for a sysctl among those to decide anything here.
  let neededFeatures: [SysctlKey: KernelRules.Feature]
  /// What else of a kernel has a part in it, beside its timers and what ends a connect.
  let features: KernelRules.Features
  /// The sysctls that stand in for options here, where they are others than elsewhere.
  package let standIns: [SocketOption: SysctlKey]
  /// The option without which nothing ends it; nil if the kernel ends it in any case.
  package let enablingOption: SocketOption?
  /// Options that make it short enough to be watched, however long its sysctls make it; nil if none
  /// do.
  package let rehearsalOptions: SocketOptions?
  package let details: Experiment.Details
  /// What is known of the neighbour unless something else is said.
  package let usualEntry: NeighbourEntry
  /// The least number of segments in flight.
  package let fewestSegments: Int
  /// Whether something is sent meanwhile that a peer which comes back would answer.
  package let survivesOutages: Bool
  /// What the program sees of the end, beside errno and events, in a sentence or two.
  ///
  /// Source: `tcp_write_err`, `inet_csk_destroy_sock` and `tcp_poll`; measured on Linux 6.1 to 6.18.
  package let applicationView: String
  let simulation: Simulation

  init(
    _ summary: String, from start: String, ending: Ending, opener: Opener? = nil,
    sysctls: [SysctlKey], options: [SocketOption] = [],
    neededFeatures: [SysctlKey: KernelRules.Feature] = [:],
    features: KernelRules.Features,
    standIns: [SocketOption: SysctlKey] = [:],
    enablingOption: SocketOption? = nil, rehearsalOptions: SocketOptions? = nil,
    details: Experiment.Details = [], usualEntry: NeighbourEntry = .none, fewestSegments: Int = 1,
    survivesOutages: Bool = true,
    applicationView: String, simulation: @escaping Simulation
  ) {
    (self.summary, self.start, self.ending, self.opener) = (summary, start, ending, opener)
    (self.sysctls, self.options, self.standIns) = (sysctls, options, standIns)
    (self.neededFeatures, self.features) = (neededFeatures, features)
    (self.enablingOption, self.rehearsalOptions) = (enablingOption, rehearsalOptions)
    (self.details, self.usualEntry, self.fewestSegments) = (details, usualEntry, fewestSegments)
    (self.survivesOutages, self.applicationView) = (survivesOutages, applicationView)
    self.simulation = simulation
  }
}

extension ScenarioDefinition {
  /// Sets the option without which nothing ends it, unless options say something of it.
  package func enable(_ options: inout SocketOptions) {
    if let enablingOption, options[enablingOption] == nil { options[enablingOption] = 1 }
  }
}

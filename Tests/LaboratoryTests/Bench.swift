import Glibc
import Linux
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// What live tests need: the built executable, the kernel's settings, and whether it lets us.
enum Bench {
  /// The executable that lies beside the test bundle this code was loaded from.
  static let executable: String = {
    let maps = (try? ProcFS().text("self/maps", limit: 1 << 24)) ?? ""
    let bundle = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") }
    guard let path = bundle?.split(separator: " ").last, let slash = path.lastIndex(of: "/")
    else { return ".build/debug/tcpadvisor" }
    return path[..<slash] + "/tcpadvisor"
  }()

  /// Starts the executable as a user without rights; through an open descriptor, because that user
  /// may not reach the folder it is in.
  static let nobody = [
    "/bin/sh", "-c",
    "exec 3<\"$1\"; shift; exec /usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups "
      + "/proc/self/fd/3 \"$@\"", "sh",
  ]

  /// A kernel with compiled defaults, and these settings on top.
  static func snapshot(_ changes: [SysctlKey: Int] = [:]) -> SettingsSnapshot {
    let release = (try? ProcFS().text("sys/kernel/osrelease")) ?? ""
    let kernel = KernelVersion(String(release.prefix { $0 != "\n" })) ?? KernelVersion(6, 18)
    var snapshot = SettingsSnapshot.defaults(
      of: kernel,
      tickRate: TickRate(hertz: Int(1_000_000_000 / KernelClock.tick.saturatingNanoseconds)))
    for (key, value) in changes { snapshot[key] = .value(.number(value)) }
    return snapshot
  }

  /// The same with what this host has that decides a scenario: for the host's own loopback.
  static func hostSnapshot(_ scenario: Scenario) -> SettingsSnapshot {
    var snapshot = snapshot()
    for key in scenario.sysctls {
      let text = (try? ProcFS().text("sys/\(key.path)")) ?? ""
      snapshot[key] = Int(text.prefix { $0 != "\n" }).map { .value(.number($0)) } ?? .absent
    }
    return snapshot
  }

  /// How much later than the model allows things may be seen on a busy machine.
  static let lateness = Duration.milliseconds(165)

  /// Never early; late by no more than that.
  static func admits(_ range: TimeRange, _ time: Duration) -> Bool {
    let slack = max(.zero, min(time - range.latest, lateness))
    return range.admits(time - slack, tick: KernelClock.tick)
  }

  /// What the model says of a case, with the socket's own timeout where that decides.
  static func timeline(of experiment: Experiment, seenIn observation: Observation) -> Timeline {
    var experiment = experiment
    if experiment.scenario == .send, let roundTrip = observation.roundTrip {
      experiment.path.roundTrip = roundTrip...roundTrip
      experiment.path.retransmissionTimeout = observation.retransmissionTimeout
    }
    return Timeline(of: experiment)
  }

  /// It ended as the model says, and what was seen before as well.
  static func expect(_ observation: Observation, asModelled experiment: Experiment) {
    let timeline = timeline(of: experiment, seenIn: observation)
    guard case .ended(let errno, let time) = observation.outcome else {
      Issue.record("\(experiment.scenario) \(experiment.options.sorted): \(observation.outcome)")
      return
    }
    #expect(errno == timeline.errno)
    let fits = timeline.branches.contains { branch in
      admits(branch.range, time)
        && branch.events.dropLast().map(\.kind) == observation.events.map(\.kind)
        && zip(branch.events, observation.events).allSatisfy { admits($0.range, $1.time) }
    }
    #expect(
      fits,
      """
      \(experiment.scenario) \(experiment.options.sorted) after \(time), \(observation.events): none of \
      \(timeline.branches.map { ($0.range, $0.events.map(\.range)) })
      """)
  }

  /// False only where namespaces are refused, or their settings cannot be written: whatever else
  /// goes wrong is for the tests to show.
  private static func canPlay(wrapper: [String]) -> Bool {
    let measurement = try? Laboratory.run(
      [Experiment(.connect, in: snapshot([.tcpSynRetries: 1]))], for: .milliseconds(300),
      executable: executable, wrapper: wrapper)
    guard let observation = measurement?.observations.first else { return true }
    return observation.onHostBecause == nil && observation.notCopied[.tcpSynRetries] == nil
  }

  /// Whether this user may have a sandbox.
  static let isAllowed = canPlay(wrapper: [])
  /// Whether a user without any rights may, as far as this one can find out.
  static let isAllowedToNobody = canBeNobody && canPlay(wrapper: nobody)
  /// Whether this user may become one without any rights.
  static let canBeNobody =
    getuid() == 0
    && (try? Shell.run(
      "/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups /bin/true", input: "")) == 0
}

extension Laboratory {
  /// Runs experiments in a sandbox of their own.
  static func run(
    _ experiments: [Experiment], for budget: Duration, executable: String, wrapper: [String] = [],
    progress: ((Duration) -> Void)? = nil
  ) throws -> Measurement {
    var laboratory = try Laboratory(executable: executable, wrapper: wrapper)
    return try laboratory.run(experiments, for: budget, progress: progress)
  }

  /// Runs facts in a sandbox of their own.
  static func run(_ facts: [SocketFact], executable: String, wrapper: [String] = []) throws
    -> (observations: [FactObservation], stoppedBy: TerminationSignal?)
  {
    var laboratory = try Laboratory(executable: executable, wrapper: wrapper)
    return try laboratory.run(facts)
  }
}

import ArgumentParser
import Linux
import NetAddress
import Observations
import Probes
import Reports
import TCPModel

/// Connects to real targets, many at once.
struct Probe: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Connect to targets, many at once: outcome, time, errno, and who reported it.",
    discussion: """
      A target is HOST:PORT, [IPv6]:PORT, a name, an address, or a block such as 10.1.0.0/24; \
      targets without a port take --port. All addresses of a name or block are connected to. In a \
      file, socket options may follow a target: HOST:PORT TCP_SYNCNT=2. Outcomes: \
      \(ConnectOutcome.Kind.allCases.map(\.rawValue).joined(separator: ", ")). \
      Exit codes: 0 all as expected, 1 something not as expected or an objective missed, 2 wrong \
      usage or an objective that could not be judged.
      """)

  @Argument(help: "Targets.")
  var targets: [String] = []

  @Option(
    name: [.customShort("f"), .customLong("file")], parsing: .singleValue,
    help: ArgumentHelp(
      "Read targets from a file, one per line, # begins a comment; - is standard input.",
      valueName: "file"))
  var files: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Ports of targets without one, such as 22,https,8000-8010.", valueName: "port,…"))
  var port: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Check how long attempts hang against a profile.", valueName: "name|path"),
    completion: Completions.profiles)
  var profile: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Instead, compare N connects of one socket, disconnected in between, with N of new sockets.",
      valueName: "n"))
  var reconnect: Int?

  @Flag(help: "Allow more than 65,536 attempts.")
  var yes = false

  @OptionGroup var options: ProbeOptions
  @OptionGroup var source: NamespaceOption
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Accepted outcomes, such as refused,undecided.", valueName: "outcome,…")
  )
  var expect = "open"

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "Output format; jsonl prints results as they come. (default: text)",
      valueName: "format"))
  var requestedFormat: ProbeFormat?

  var format: any ProbeReporter.Type {
    output.json ? ProbeJSONReporter.self : requestedFormat?.reporter ?? ProbeReporters.all[0]
  }

  var rights: Rights { source.rights.union([.network, .programs]) }

  func runConfined() throws {
    if let requested = requestedFormat?.reporter {
      try output.refuse(besides: requested.name, isNamed: true)
    }
    if let reconnect { return try measureReconnects(reconnect) }
    let expected = try expectedOutcomes()
    let profiles = try profile.map(ProfileOptions.load)
    let isJudged = !profiles.isEmpty
    guard !isJudged || format.tellsFindings else {
      let able = ProbeReporters.all.filter { $0.tellsFindings }.map { $0.name }
      throw UsageError("--profile applies to \(able.joined(separator: " and ")) only")
    }
    // A plan looks at more than connect does.
    let host = try source.snapshot(of: isJudged ? nil : Scenario.connect.sysctls)
    // Interfaces are those of that namespace.
    var settings = try options.settings()
    let plan = try options.plan(from: settings.source?.family)
    let list = try targetList(under: host.kernel, from: settings.source?.family)
    settings.options = try options.socketOptions(under: host.kernel)
    DescriptorLimit.raiseLimit()
    let signals = try TerminationSignals()
    let observer = try ProbeObserver(
      ProbeObserver.Question(
        format: format, expected: expected, profiles: profiles, host: host,
        options: settings.options, listed: list.count, isRace: plan.isRace, layout: output.layout))
    let run = ProbeSession(
      list, plan, interrupted: { observer.interrupt() }, isUnread: { observer.isUnread },
      counts: observer.count, report: observer.add)
    observer.begin(stoppingAt: signals.descriptor.number)
    try run.run(settings, watching: signals.descriptor.number)
    let stop = observer.wasInterrupted ? try signals.consume() : nil
    // From here on a signal ends the process, should nobody read what it has to say.
    _ = consume signals
    let code = observer.finish(stoppedBy: stop)
    if code != 0 { throw ExitCode(code) }
  }

  func expectedOutcomes() throws -> Set<ConnectOutcome.Kind> {
    let words = expect.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Set(
      try words.map { word in
        if let kind = ConnectOutcome.Kind(rawValue: word) { return kind }
        let all = ConnectOutcome.Kind.allCases.map(\.rawValue)
        let near = NearestName.question(word, among: all) ?? ""
        throw UsageError(
          "--expect \(word): unknown outcome\(near); there are: \(all.joined(separator: ", "))"
        )
      })
  }
}

/// A format of results by its name.
struct ProbeFormat: ExpressibleByArgument {
  let reporter: any ProbeReporter.Type

  init?(argument: String) {
    guard let reporter = ProbeReporters[argument] else { return nil }
    self.reporter = reporter
  }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  static var allValueStrings: [String] { ProbeReporters.all.map { $0.name } }
  var defaultValueDescription: String { reporter.name }
}

import ArgumentParser
import Observations
import Reports
import Linux
import Probes
import TCPModel

/// Connects to real targets, many at once.
struct Probe: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, jsonl, csv, prometheus, nagios
  }

  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Connect to real targets, many at once: outcome, time, errno, and who says so.",
    discussion: """
      A target is HOST:PORT, [IPv6]:PORT, a name, an address or a block such as 10.1.0.0/24 with all \
      its addresses; those without a port take --port. Every address of a name is connected to. In a \
      file, socket options of a target may follow it: HOST:PORT TCP_SYNCNT=2. Outcomes: \
      \(ConnectOutcome.Kind.allCases.map(\.rawValue).joined(separator: ", ")). \
      0: all as expected; 1: something not, or a profile missed; 2: wrong usage, or \
      what a profile asks cannot be told.
      """)

  @Argument(help: "Targets.")
  var targets: [String] = []

  @Option(
    name: [.customShort("f"), .customLong("file")], parsing: .singleValue,
    help: ArgumentHelp(
      "Targets from a file, one on each line, # begins a comment; - is standard input.",
      valueName: "file"))
  var files: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Ports of targets that name none: 22,https,8000-8010.", valueName: "port,…"))
  var port: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Hold how long attempts hang against a profile's objectives.", valueName: "name|path"))
  var profile: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Instead, connect so often with one socket, dissolved in between, and with new ones.",
      valueName: "n"))
  var reconnect: Int?

  @Flag(help: "More than 65,536 attempts are meant.")
  var yes = false

  @OptionGroup var options: ProbeOptions
  @OptionGroup var source: NamespaceOption
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The outcomes that are right, such as refused,undecided.", valueName: "outcome,…")
  )
  var expect = "open"

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "Text (the default), or one of these; jsonl has results as they come.",
      valueName: "format"))
  var requestedFormat: Format?

  var format: Format { output.json ? .json : requestedFormat ?? .text }

  func run() throws {
    if output.json, let requestedFormat, requestedFormat != .json {
      throw UsageError("--json and --format \(requestedFormat.rawValue) exclude each other")
    }
    if let reconnect { return try playReconnects(reconnect) }
    let expected = try expectedOutcomes()
    let profiles = try profile.map(ProfileOptions.load)
    let isJudged = !profiles.isEmpty
    guard !isJudged || format == .text || format == .json else {
      throw UsageError("--profile goes with text and json alone")
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
    let record = try ProbeRecord(
      ProbeRecord.Question(
        format: format, expected: expected, profiles: profiles, host: host,
        options: settings.options, listed: list.count, isRace: plan.isRace, layout: output.layout))
    let run = ProbeSession(
      list, plan, interrupted: { record.interrupt() }, isUnread: { record.isUnread },
      counts: record.count, report: record.add)
    record.begin(stoppingAt: signals.descriptor.number)
    try run.run(settings, watching: signals.descriptor.number)
    let stop = record.wasInterrupted ? try signals.consume() : nil
    // From here on a signal ends the process, should nobody read what it has to say.
    _ = consume signals
    record.finish()
    let code = record.exitCode(stoppedBy: stop)
    if code != 0 { throw ExitCode(code) }
  }

  func expectedOutcomes() throws -> Set<ConnectOutcome.Kind> {
    let words = expect.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Set(
      try words.map { word in
        if let kind = ConnectOutcome.Kind(rawValue: word) { return kind }
        let all = ConnectOutcome.Kind.allCases.map(\.rawValue)
        let near = NearestName.of(word, among: all).map { "; did you mean \($0)?" } ?? ""
        throw UsageError(
          "--expect \(word): no outcome is called so\(near); there are: \(all.joined(separator: ", "))"
        )
      })
  }
}

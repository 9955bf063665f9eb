import ArgumentParser
import Emitters
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
      A target is HOST:PORT, [IPv6]:PORT, a name, an address or a block such as 10.1.0.0/24; those \
      without a port take --port. Every address of a name is connected to. Outcomes: \
      \(ConnectOutcome.Kind.allCases.map(\.rawValue).joined(separator: ", ")). \
      0: all as expected; 1: something not, or a profile missed; 2: wrong usage.
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
    parsing: .singleValue,
    help: ArgumentHelp("Ports of targets that name none: 22,https.", valueName: "port,…"))
  var port: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Hold how long attempts hang against a profile's objectives.", valueName: "name|path"))
  var profile: [String] = []

  @Option(
    help: ArgumentHelp(
      "Instead, connect so often with one socket, dissolved in between, and with new ones.",
      valueName: "n"))
  var reconnect: Int?

  @Flag(help: "More than 65,536 addresses are meant.")
  var yes = false

  @OptionGroup var how: ProbeOptions
  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "The outcomes that are right: open (the default), refused,undecided.", valueName: "outcome,…")
  )
  var expect = "open"

  @Option(help: "text, json, jsonl (as results come), csv, prometheus or nagios.")
  var format = Format.text

  func run() throws {
    guard source.isThisHost, source.set.isEmpty, source.kernel.isEmpty, source.hz == nil else {
      throw Failure(
        "probe connects from this host as it is; of its settings only --netns goes with it")
    }
    if let reconnect { return try playReconnects(reconnect) }
    let expected = try expectedOutcomes()
    let plan = try how.plan()
    var settings = try how.settings()
    let profiles = try profile.map(ProfileOptions.load)
    let isJudged = !profiles.isEmpty
    guard !isJudged || output.json || format == .text || format == .json else {
      throw Failure("--profile goes with text and json alone")
    }
    // A plan looks at more than connect does.
    let host = try source.snapshots(of: isJudged ? nil : Scenario.connect.sysctls)[0]
    let list = try targetList(under: host.kernel)
    settings.options = try how.socketOptions(under: host.kernel)
    OpenFiles.raiseLimit()
    let signals = try StopSignals()
    let record = ProbeRecord(
      ProbeRecord.Question(
        format: output.json ? .json : format, expected: expected, profiles: profiles, host: host,
        options: settings.options, listed: list.count, isRace: plan.isRace, style: output.style))
    let run = ProbeRun(
      list, plan, interrupted: { record.interrupt() }, isUnread: { record.isUnread },
      counts: record.count, report: record.add)
    record.begin()
    try run.play(settings, watching: signals.descriptor.number)
    let stop = record.wasInterrupted ? try signals.consume() : nil
    try record.finish()
    let code = record.exitCode(stoppedBy: stop)
    if code != 0 { throw ExitCode(code) }
  }

  func targetList(under kernel: KernelVersion?) throws -> TargetList {
    guard !targets.isEmpty || !files.isEmpty else {
      throw Failure("a target is missing: HOST:PORT, or -f FILE")
    }
    let texts = try files.map(Self.file)
    let ports = try ports()
    let list: TargetList
    do throws(TargetList.Mistake) {
      list = try TargetList(targets, files: texts, ports: ports) {
        (text) throws(ProbeTarget.Objection) in
        do throws(Failure) {
          return try CaseOptions.assignment(text, under: kernel)
        } catch {
          throw ProbeTarget.Objection(reason: error.message)
        }
      }
    } catch {
      throw Failure(error.message)
    }
    guard list.count > 0 else {
      throw Failure("there is no target in \(files.joined(separator: ", "))")
    }
    guard list.count <= 65_536 || yes else {
      throw Failure("these are \(list.count) addresses; --yes if that is meant")
    }
    return list
  }

  private func ports() throws -> [UInt16] {
    var ports: [UInt16] = []
    for text in port.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      do throws(ProbeTarget.Objection) {
        ports.append(try ProbeTarget.port(String(text)))
      } catch {
        throw Failure("--port \(text): \(error.reason)")
      }
    }
    return ports
  }

  private static func file(at path: String) throws -> TargetList.File {
    let file = InputFile(path: path)
    do throws(SystemCallError) {
      return TargetList.File(name: file.name, bytes: try file.bytes(limit: 64_000_000))
    } catch {
      throw Failure(
        error.code == .fileTooLarge
          ? "\(path) is larger than 64 MB, the limit for targets"
          : "cannot read the targets in \(path): \(error.code)")
    }
  }

  private func expectedOutcomes() throws -> Set<ConnectOutcome.Kind> {
    let words = expect.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Set(
      try words.map { word in
        if let kind = ConnectOutcome.Kind(rawValue: word) { return kind }
        let all = ConnectOutcome.Kind.allCases.map(\.rawValue)
        let near = NearestName.of(word, among: all).map { "; did you mean \($0)?" } ?? ""
        throw Failure(
          "--expect \(word): no outcome is called so\(near); there are: \(all.joined(separator: ", "))"
        )
      })
  }
}

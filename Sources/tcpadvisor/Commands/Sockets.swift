import Advisor
import ArgumentParser
import InputFiles
import Linux
import Observations
import Probes
import Reports
import TCPModel

/// What every TCP socket of this host would do.
struct Sockets: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "sockets",
    abstract: "Report every TCP socket: its real options, and when it would notice a dead peer.",
    discussion: """
      Sockets come from the kernel's table, owners from /proc, options from duplicates of \
      descriptors that are closed at once; nothing is changed. Options of other users' processes \
      take root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH. Exit codes: 0 nothing missed, 1 some \
      objective missed, 2 could not tell or wrong usage.
      """)

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Judge live connections against a profile; its `match` says which.", valueName: "name|path"),
    completion: Completions.profiles)
  var profile: [String] = []

  @Flag(help: "Show everything, not only what needs attention.")
  var all = false

  @Flag(help: "Only the kernel's table: no owners and no options, in a fraction of the time.")
  var table = false

  @OptionGroup var admitted: SocketFilterOptions
  @OptionGroup var namespaces: NamespacesOption
  @OptionGroup var output: ReportOptions

  @Option(help: "The order of groups of connections.")
  var sort = SocketOrder.attention

  @Option(help: "Output format.")
  var format = SocketFormat(SocketReporters.all[0])

  @Option(
    help: ArgumentHelp("Look again every so often, and tell what has changed.", valueName: "time"))
  var watch: String?

  var rights: Rights { namespaces.rights.union(.processes) }
  var written: [String] { output.written }

  func runConfined() throws {
    try output.refuse(besides: format.reporter.name)
    let reporter = output.json ? SocketJSONReporter.self : format.reporter
    let interval = try watch.map { try CaseOptions.time($0, "--watch") }
    guard interval == nil || reporter.isPainted && output.html == nil else {
      throw UsageError("--watch goes with the format text alone")
    }
    let filter = try admitted.filter()
    let profiles = try profile.map(ProfileOptions.load)
    // Without owners no program is known.
    let isRead = reporter.isPainted || output.html != nil
    let programs = isRead && !table ? try ProfileReader.knownPrograms() : []
    var details: SocketAudit.Details = reporter.tellsAllOptions ? .everything : []
    if !table { details.insert(.owners) }
    var before: [SocketReport]?
    while true {
      let reports = try namespaces.observed(details).map { namespace in
        try SocketReport(of: namespace, admitting: filter, against: profiles, in: sort)
      }
      guard let host = reports.first?.namespace.settings else { return }
      let context = SocketReportContext(
        host: host, programs: programs, showsAll: all, layout: output.layout)
      if interval != nil, StandardStream.output.isTerminal { Console.clear() }
      try print(reports, context, as: reporter)
      if let before { output.print([SocketChanges(from: before, to: reports).document]) }
      guard let interval else { return try end(with: reports) }
      before = reports
      if try isStopped(within: interval) { return }
    }
  }

  private func print(
    _ reports: [SocketReport], _ context: SocketReportContext, as reporter: any SocketReporter.Type
  ) throws {
    try output.writePage(
      of: { reports.map { $0.page(context.programs) } }, title: SocketReport.title(of: reports))
    if output.isPagePrinted { return }
    if output.markdown {
      return output.print(reports.map { $0.document(showsAll: all, context.programs) })
    }
    Console.print(isPainted: reporter.isPainted) { sink in
      reporter.write(reports, context, to: sink)
    }
  }

  private func end(with reports: [SocketReport]) throws {
    let code = reports.flatMap(\.findings).map(\.finding).exitCode
    if code != 0 { throw ExitCode(code) }
  }

  /// Waits for the next look.
  /// - Returns: whether a signal came meanwhile, after which there is none.
  private func isStopped(within time: Duration) throws -> Bool {
    let signals = try TerminationSignals()
    guard try signals.descriptor.waitUntilReadable(for: time) else { return false }
    if let signal = try signals.consume() { throw ExitCode(signal.status) }
    return true
  }
}

/// A format of sockets by its name.
struct SocketFormat: ExpressibleByArgument {
  let reporter: any SocketReporter.Type

  init(_ reporter: any SocketReporter.Type) { self.reporter = reporter }

  init?(argument: String) {
    guard let reporter = SocketReporters[argument] else { return nil }
    self.init(reporter)
  }

  var defaultValueDescription: String { reporter.name }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  static var allValueStrings: [String] { SocketReporters.all.map { $0.name } }
}

extension SocketOrder: ExpressibleByArgument {}

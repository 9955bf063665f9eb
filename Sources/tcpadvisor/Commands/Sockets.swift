import Advisor
import ArgumentParser
import InputFiles
import Linux
import Observations
import Probes
import Reports
import TCPModel

/// What every TCP socket of this host would do.
struct Sockets: ParsableCommand {
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
      "Judge live connections against a profile; its `match` says which.", valueName: "name|path"))
  var profile: [String] = []

  @Flag(help: "Show everything, not only what needs attention.")
  var all = false

  @Flag(help: "Only the kernel's table: no owners and no options, in a fraction of the time.")
  var table = false

  @OptionGroup var admitted: SocketFilterOptions
  @OptionGroup var namespaces: NamespacesOption
  @OptionGroup var output: OutputOptions

  @Option(help: "Output format.")
  var format = SocketFormat(SocketReporters.all[0])

  func run() throws {
    let filter = try admitted.filter()
    let profiles = try profile.map(ProfileOptions.load)
    let reporter = output.json ? SocketJSONReporter.self : format.reporter
    let observed = try namespaces.observed(
      table ? .table : reporter.tellsAllOptions ? .everything : .deciding)
    let reports = try observed.map { namespace in
      try SocketReport(of: namespace, admitting: filter, against: profiles)
    }
    guard let host = observed.first?.settings else { return }
    let context = SocketReportContext(
      host: host, programs: try ProfileReader.knownPrograms(), showsAll: all,
      layout: output.layout)
    Console.print(isPainted: reporter.isPainted) { sink in
      reporter.write(reports, context, to: sink)
    }
    let code = reports.flatMap(\.findings).map(\.finding).exitCode
    if code != 0 { throw ExitCode(code) }
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
  static var allValueStrings: [String] { SocketReporters.all.map { $0.name } }
}

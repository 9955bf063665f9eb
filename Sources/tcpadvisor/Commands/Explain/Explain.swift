import ArgumentParser
import Linux
import Reports
import TCPModel

/// All there is to say about a scenario, a sysctl or a socket option.
struct Explain: ConfinedCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a scenario event by event, a sysctl, a socket option, or a rule of lint.",
    discussion:
      "Scenarios: \(Scenario.allCases.map(\.rawValue).joined(separator: ", "))."
  )

  @Argument(
    help: "A scenario, a sysctl, a socket option, or a rule such as TA012.",
    completion: Completions.topics)
  var name: String?

  @Flag(help: "List everything that can be explained.")
  var list = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A time something hung, such as 127s or 15m38s: list what may have given up.",
      valueName: "time"))
  var took: String?

  @Option(
    help: ArgumentHelp(
      "With --took: the errno it ended with, such as ETIMEDOUT.", valueName: "name"),
    completion: Completions.errnos)
  var errno: String?

  @OptionGroup var source: SettingsSource
  @OptionGroup var files: BootFilesOption
  @OptionGroup var experiment: CaseOptions
  @Option(
    help: ArgumentHelp(
      "Axis of the chart.", valueName: "kind"))
  var scale = Scale.auto

  @OptionGroup var output: ReportOptions

  var rights: Rights { source.namespace.rights }
  var written: [String] { output.written }

  func runConfined() throws {
    guard files.root == nil || name != nil else { throw UsageError("--root goes with a sysctl") }
    if let took { return try explainHang(of: took) }
    if errno != nil { throw UsageError("--errno goes with --took") }
    guard let name else {
      guard list else { throw UsageError("a name is missing: \(ExplainTopic.kinds)") }
      return try listTopics()
    }
    if list { throw UsageError("--list takes no name") }
    let topic = try ExplainTopic(named: name)
    guard files.root == nil || topic.isSysctl else {
      throw UsageError("--root goes with a sysctl: no file sets \(name)")
    }
    switch topic {
    case .scenario(let scenario): try explain(scenario)
    case .outcome(let outcome): try explain(outcome)
    case .sysctls(let sysctls): try explain(sysctls)
    case .option(let option): try explain(option)
    case .retired(let retired): try explain(retired, as: SysctlKey(parsing: name).rawValue)
    case .rule(let rule): try explain(rule)
    case .other(let key): try explain(other: key)
    }
  }
}

extension Scenario {
  /// The scenario of a name on the command line.
  init(argument name: String) throws {
    guard let scenario = Scenario(rawValue: name) else {
      let all = Scenario.allCases.map(\.rawValue)
      let near = NearestName.question(name, among: all) ?? ""
      throw UsageError(
        "no scenario is called “\(name)”\(near); there are: \(all.joined(separator: ", "))")
    }
    self = scenario
  }
}

extension Scale: ExpressibleByArgument {}

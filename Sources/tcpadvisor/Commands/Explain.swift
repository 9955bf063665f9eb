import ArgumentParser
import Emitters
import TCPModel

/// What the kernel does in a scenario, event by event.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what the kernel does in a scenario, event by event.",
    discussion:
      "Scenarios: \(Scenario.allCases.map(\.rawValue).joined(separator: ", "))."
  )

  @Argument(help: "A scenario.")
  var name: String

  @OptionGroup var source: SettingsSource
  @OptionGroup var play: CaseOptions
  @Option(
    help: ArgumentHelp(
      "The axis of the drawing: auto (the default), linear or log.", valueName: "kind"))
  var scale = Scale.auto

  @OptionGroup var output: OutputOptions

  func run() throws {
    if let outcome = TimerlessOutcome(rawValue: name) { return try explain(outcome) }
    try explain(Scenario(argument: name))
  }
}

extension Scenario {
  /// The scenario of a name on the command line.
  init(argument name: String) throws {
    guard let scenario = Scenario(rawValue: name) else {
      let near = NearestName.of(name, among: Scenario.allCases.map(\.rawValue))
      let all = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        "no scenario is called “\(name)”" + (near.map { "; did you mean \($0)?" } ?? "")
          + "; there are: \(all)")
    }
    self = scenario
  }
}

extension Scale: ExpressibleByArgument {}

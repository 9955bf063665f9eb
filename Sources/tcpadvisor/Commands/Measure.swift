import Advisor
import ArgumentParser
import Emitters
import TCPModel

/// Plays cases live and holds them against the model.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Play scenarios with real sockets in a sandbox and compare with the model.",
    discussion: """
      Without a scenario all that can be played. `idle` is played with SO_KEEPALIVE on unless \
      --option SO_KEEPALIVE=0 says otherwise. With --outage the peer answers again after that time, \
      which begins at the worst moment: with the connect, just before the write, just before the \
      first keepalive probe. 0: all inside; 1: something outside; 2: nothing to tell.
      """)

  @Argument(help: "Scenarios.")
  var scenarios: [String] = []

  @OptionGroup var source: SettingsSource
  @OptionGroup var play: CaseOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("How long to measure.", valueName: "time"))
  var budget = "10s"

  @Option(
    help: ArgumentHelp("How long the peer is silent; for ever by default.", valueName: "time"))
  var outage: String?

  @Flag(
    help:
      "Instead, hold what is known of connect, its errors and socket options against this kernel."
  )
  var socketFacts = false

  func run() throws {
    if socketFacts { return try playSocketFacts() }
    guard source.kernel.isEmpty, source.hz == nil else {
      throw Failure("measure plays on the running kernel; --kernel and --hz are for explain")
    }
    let budget = try Budget(budget)
    let host = try source.host()
    let trials = try trials(on: host).flatMap { $0.rehearsed(within: budget.time, on: host) }
    let (comparisons, wasInterrupted) = try budget.measure(trials, on: host)
    if output.json {
      let part: JSON = ["measurements": .array(comparisons.map(\.json))]
      Console.print(JSON.answer("measure", about: host.snapshot, part).text)
    } else {
      Console.print(text(comparisons))
    }
    let code = wasInterrupted ? 130 : comparisons.exitCode
    if code != 0 { throw ExitCode(code) }
  }

  private func trials(on host: Host) throws -> [Trial] {
    let scenarios =
      try scenarios.isEmpty
      ? Scenario.playedLive : scenarios.map { try Scenario(argument: $0) }
    let options = try play.socketOptions(under: host.snapshot.kernel)
    let outage = try outage.map { try CaseOptions.time($0, "--outage") }
    let (path, stall) = (try play.path(), try play.stall())
    return scenarios.flatMap { scenario in
      play.families.map { family in
        var options = options
        if scenario == .idle, options[.keepalive] == nil { options[.keepalive] = 1 }
        var play = Case(scenario, in: host.snapshot, options: options, family: family, path: path)
        play.outage = outage
        play.stall = stall
        return Trial(.current, connections: scenario.rawValue, play: play)
      }
    }
  }

  private func text(_ comparisons: [Comparison]) -> String {
    let style = output.style
    // What is outside comes first: it is what somebody has to look at.
    let sorted = comparisons.filter(\.isOutside) + comparisons.filter { !$0.isOutside }
    return style.table(
      sorted.map { comparison in
        let play = comparison.trial.play
        return [
          "\(play.scenario.rawValue) \(play.family.rawValue)", style.mark(comparison.status),
          comparison.text,
        ]
      })
  }
}

extension Comparison {
  fileprivate var isOutside: Bool { if case .outside = status { true } else { false } }
  fileprivate var isNotRun: Bool { if case .notRun = status { true } else { false } }
}

extension [Comparison] {
  /// 1 something outside, 2 nothing played, 0 all inside.
  fileprivate var exitCode: Int32 {
    if contains(where: \.isOutside) { return 1 }
    return allSatisfy(\.isNotRun) ? 2 : 0
  }
}

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
  @OptionGroup var output: OutputOptions

  func run() throws {
    let scenario = try Scenario(argument: name)
    let snapshots = try source.snapshots(of: scenario.sysctls)
    let timelines = try snapshots.map { snapshot in
      var play = Case(
        scenario, in: snapshot, options: try play.socketOptions(under: snapshot.kernel),
        family: play.families[0], path: try play.path())
      play.stall = try self.play.stall()
      return Timeline(of: play)
    }
    if output.json {
      Console.print(answer(snapshots, timelines).text)
    } else {
      let texts = zip(snapshots, timelines).map { TimelineText($1, of: $0).text }
      Console.print(texts.joined(separator: "\n"))
    }
  }

  private func answer(_ snapshots: [SettingsSnapshot], _ timelines: [Timeline]) -> JSON {
    guard timelines.count > 1 else {
      return .answer("explain", about: snapshots.first, timelines.first?.json ?? .null)
    }
    let each = zip(snapshots, timelines).map { snapshot, timeline in
      timeline.json.merging(["host": snapshot.json])
    }
    return .answer("explain", about: snapshots.first, ["timelines": .array(each)])
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

import Emitters
import TCPModel

extension Explain {
  /// The timeline of a scenario, under each kernel that was named.
  func explain(_ scenario: Scenario) throws {
    let snapshots = try source.snapshots(of: scenario.sysctls)
    let timelines = try snapshots.map { snapshot in
      var play = Case(
        scenario, in: snapshot, options: try play.socketOptions(under: snapshot.kernel),
        family: play.families[0], path: try play.path(for: scenario))
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

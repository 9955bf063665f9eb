import Advisor
import ArgumentParser
import Laboratory
import Linux
import Observations
import Reports
import TCPModel

extension Measure {
  /// Plays what sockets do on the running kernel and holds it against what they should.
  func measureSocketFacts(in laboratory: inout Laboratory?) throws {
    guard scenarios.isEmpty, source.isThisHost, source.namespace.netns == nil, source.isUnchanged,
      outage == nil, experiment.isUnused,
      profile.isEmpty, grid == nil, budget == nil, !full, again == 0, format != .csv
    else {
      throw UsageError(
        "--socket-facts runs a fixed list on the running kernel; only the options of its output go with it"
      )
    }
    let snapshot = try source.snapshots(of: [])[0]
    let facts = try SocketFact.all(under: try? KernelRules(of: snapshot))
    guard let (observations, stop) = try laboratory?.run(facts) else { return }
    let comparisons = zip(facts, observations).map { FactComparison($0, $1) }
    try answers.print(
      FactReport(comparisons, on: snapshot).document, title: "What sockets do on this kernel",
      json: .answer("measure", about: snapshot, ["facts": .array(comparisons.map(\.json))]))
    let code = stop?.status ?? comparisons.exitCode
    if code != 0 { throw ExitCode(code) }
  }
}

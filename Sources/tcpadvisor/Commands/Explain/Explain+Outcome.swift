import NetAddress
import Reports
import TCPModel

extension Explain {
  /// An outcome that no timer decides; only a restarted peer may be noticed by a probe.
  func explain(_ outcome: ImmediateFailure) throws {
    try refuseWhatIsNot(of: outcome)
    let snapshot = try source.snapshot()
    let firstProbe = outcome == .restarted ? try firstProbe(in: snapshot) : nil
    let part: JSON = [
      "outcome": .string(outcome.rawValue),
      "causes": .array(outcome.rows.map { $0.json(firstProbe: firstProbe) }),
      "notes": .array(outcome.notes.map(JSON.string)),
    ]
    try output.print(
      OutcomeReport(outcome, firstProbe: firstProbe).document, title: outcome.rawValue,
      json: .answer("explain", about: snapshot, part))
  }

  /// Only a probe, which may be the first to meet a peer that has restarted, comes after a time.
  private func refuseWhatIsNot(of outcome: ImmediateFailure) throws {
    guard outcome == .restarted else {
      guard experiment.isUnused, source.isUnchanged else {
        throw UsageError(
          "no setting decides \(outcome.rawValue): it takes neither case nor settings")
      }
      return
    }
    guard source.kernel.count <= 1 else {
      throw UsageError("restarted takes one --kernel at most; scenarios take several")
    }
    try experiment.refuseWhatIsNot(of: [.idle])
  }

  private func firstProbe(in snapshot: SettingsSnapshot) throws -> TimeRange? {
    var idle = try experiment.of(.idle, in: snapshot, .v4)
    idle.options[.keepalive] = 1
    return Timeline(of: idle).events.first { $0.kind == .keepaliveProbe }?.range
  }
}

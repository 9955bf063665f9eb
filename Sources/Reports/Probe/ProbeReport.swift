package import Advisor
import NetAddress
package import Observations
package import TCPModel

/// Probed addresses as a table for people, with all of them summed up below.
package struct ProbeReport: Sendable {
  private let rows: [ProbedAddress]
  private let tally: ProbeTally
  private let turns: [SequentialConnect]
  private let interruption: String?
  private let elapsed: Duration
  private let judgement: ConnectJudgement?
  private let host: SettingsSnapshot?

  /// - Parameters:
  ///   - rows: in the order in which they are shown; all, or some of a great number.
  ///   - tally: of all of them.
  ///   - turns: of the names among them.
  ///   - interruption: nil where everything was probed.
  ///   - judgement: nil where no profile was named.
  ///   - host: whose settings decide what the kernel does; nil where nothing is said of them.
  package init(
    rows: [ProbedAddress], tally: ProbeTally, turns: [SequentialConnect] = [],
    interruption: String? = nil, elapsed: Duration, judgement: ConnectJudgement? = nil,
    on host: SettingsSnapshot? = nil
  ) {
    (self.rows, self.tally, self.turns) = (rows, tally, turns)
    (self.interruption, self.elapsed, self.judgement) = (interruption, elapsed, judgement)
    self.host = host
  }

  package var document: Document {
    let notes = omission + turns.map(\.text) + lostRaces
    let meanings = ConnectOutcome.Kind.meanings(of: unexplained, isOfLink: tally.isSilenceOfLink)
    return Document([
      Document.Section([
        .table(Document.Table(table)), .notes(notes.map { RichText($0) }),
      ]),
      Document.Section(
        [
          .paragraph(RichText(summary)),
          .notes((host?.kernelNotes ?? []) + meanings.map { RichText($0) }),
        ]
          + (judgement?.blocks ?? [])),
    ])
  }

  /// Once for each name and port.
  private var lostRaces: [String] {
    let lost = rows.filter { $0.race != nil && $0.result.outcome.kind != .open }
    return zip(lost, [nil] + lost.map(Optional.some)).compactMap { row, before in
      let isSame = row.index == before?.index && row.endpoint?.port == before?.endpoint?.port
      return isSame ? nil : row.race?.defeat(of: row.target)
    }
  }

  /// What is not as expected; of what an interrupt has broken off nothing is known.
  private var unexplained: [ConnectOutcome.Kind] {
    tally.unexpectedCounts.keys.filter { interruption == nil || $0 != .undecided }
  }

  private var table: [[RichText]] {
    var location: Int?
    return rows.map { row in
      defer { location = row.index }
      return cells(row, lookUp: row.index == location ? nil : row.lookUp)
    }
  }

  /// - Parameter lookUp: how long the name took, said once for all its addresses.
  private func cells(_ row: ProbedAddress, lookUp: String?) -> [RichText] {
    let result = row.result
    let statistics = row.statistics
    // Of many times one says nothing.
    let time = statistics?.times?.text == nil ? result.connectTime : nil
    let victory = result.outcome.kind == .open ? row.race?.victory : nil
    let rest = row.isCutShort && !result.isInterrupted ? "interrupted before its last round" : nil
    let detail = [statistics?.text, rest, result.detail(kernel: row.prediction), victory, lookUp]
    return [
      RichText(row.name), "\(result.outcome.kind.mark(isExpected: row.isExpected))",
      RichText(time?.text ?? ""),
      RichText(detail.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")),
    ]
  }

  /// What the table has no room for.
  private var omission: [String] {
    var shown: [ConnectOutcome.Kind: Int] = [:]
    for row in rows { shown[row.result.outcome.kind, default: 0] += 1 }
    let left = tally.counts.merging(shown) { $0 - $1 }.filter { $0.value > 0 }
    let count = left.values.reduce(0, +)
    guard count > 0 else { return [] }
    return ["… and \(count) more (\(left.text)); --format jsonl lists all"]
  }

  private var summary: String {
    let counts = tally.counts.isEmpty ? "no connection was attempted" : tally.counts.text
    var parts = [interruption.map { "\($0): \(counts)" } ?? counts]
    if tally.addresses > 1 {
      for kind in [ConnectOutcome.Kind.open, .refused] {
        guard let times = tally.statistics(of: kind)?.text else { continue }
        parts.append("\(kind.text) after \(times)")
      }
      parts.append("\(elapsed.text) in all")
    }
    return parts.joined(separator: "; ")
  }
}

import Advisor
import Emitters
import Linux
import TCPModel

/// What became of the addresses so far, and what of it is printed when.
final class ProbeRecord {
  /// Rows that a table for people has.
  private static let shown = 256

  private let format: Probe.Format
  private let expected: Set<ConnectOutcome.Kind>
  private let host: SettingsSnapshot
  private let style: Style
  private let start = Clock.monotonic.now
  private var tally = ProbeTally()
  private var rows: [ProbedAddress] = []
  /// Rows that make room for what is wrong.
  private var dispensable = 0
  private var progress = ProbeProgress()
  private(set) var wasInterrupted = false
  private let predictions: ConnectPredictions
  /// Nil where no profile was named.
  private var judge: ConnectJudge?
  private var verdicts: ProbeVerdicts?

  init(
    format: Probe.Format, expected: Set<ConnectOutcome.Kind>, profiles: [Profile],
    isRace: Bool, host: SettingsSnapshot, options: SocketOptions, style: Style
  ) throws(Unknown) {
    (self.format, self.expected) = (format, expected)
    (self.host, self.style) = (host, style)
    predictions = ConnectPredictions(on: host, options)
    guard !profiles.isEmpty else { return }
    judge = ProbeVerdicts.judge(profiles, on: try Host(host), isRace: isRace, predictions)
  }

  func begin() {
    if format == .csv { Console.print(ProbeTable.header) }
  }

  /// Counts what became of an address.
  /// - Returns: whether its row is wanted as well.
  func count(_ rounds: [ConnectResult]) -> Bool {
    let kind = ProbedAddress.result(of: rounds, expecting: expected).outcome.kind
    let isExpected = expected.contains(kind)
    tally.add(rounds, kind, isExpected: isExpected)
    progress.show(tally.addresses)
    switch format {
    case .jsonl, .csv, .json, .prometheus: return true
    case .nagios: return false
    case .text: return judge != nil || isShown(isExpected)
    }
  }

  /// A long table has what is wrong in it rather than what is right.
  private func isShown(_ isExpected: Bool) -> Bool {
    rows.count < Self.shown || (!isExpected && dispensable > 0)
  }

  func add(_ row: ProbedAddress) {
    var row = row
    row.expected = expected
    row.prediction = predictions.span(of: row)
    judge?.add(row)
    switch format {
    case .jsonl: Console.print(row.json.line)
    case .csv: Console.print(ProbeTable.line(for: row))
    case .text where isShown(row.isExpected): keep(row)
    case .text: break
    case .json, .prometheus, .nagios: rows.append(row)
    }
  }

  private func keep(_ row: ProbedAddress) {
    if rows.count < Self.shown {
      rows.append(row)
      if row.isExpected { dispensable += 1 }
    } else if let place = rows.lastIndex(where: \.isExpected) {
      rows[place] = row
      dispensable -= 1
    }
  }

  /// - Returns: that it is to stop.
  func interrupt() -> Bool {
    wasInterrupted = true
    return true
  }

  func finish() {
    progress.wipe()
    rows.sort(by: ProbedAddress.comesBefore)
    verdicts = judge.map(ProbeVerdicts.init)
    switch format {
    case .text: Console.print(text + (verdicts?.text(style) ?? ""))
    case .json: printJSON()
    case .prometheus: Console.print(ProbeMetrics.prometheus(rows))
    case .nagios: Console.print(ProbeMetrics.nagios(tally))
    case .jsonl, .csv: break
    }
  }

  private var text: String {
    ProbeText(
      rows: rows, tally: tally, omitted: tally.addresses - rows.count,
      elapsed: Clock.monotonic.now - start, style: style
    ).text
  }

  private func printJSON() {
    let counts = ConnectOutcome.Kind.allCases.map {
      ($0.rawValue, JSON.integer(tally.counts[$0] ?? 0))
    }
    let rows = rows
    let part: JSON = [
      "results": .each(count: rows.count) { rows[$0].json },
      "counts": .object(Dictionary(counts) { $1 }),
      "answers": tally.statistics?.json ?? .null,
      "elapsed_seconds": .seconds(Clock.monotonic.now - start),
      "interrupted": .bool(wasInterrupted), "verdicts": .array([]),
    ]
    let whole = part.merging(verdicts?.json ?? [:])
    Console.print(streaming: JSON.answer("probe", about: host, whole))
  }

  var exitCode: Int32 {
    if format == .nagios { return tally.addresses == 0 ? 3 : tally.unexpected == 0 ? 0 : 2 }
    if wasInterrupted { return 130 }
    return tally.unexpected == 0 ? verdicts?.exitCode ?? 0 : 1
  }
}

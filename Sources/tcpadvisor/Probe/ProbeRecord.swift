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
  private let profiles: [Profile]
  private let host: SettingsSnapshot
  private let options: SocketOptions
  private let style: Style
  private let start = Clock.monotonic.now
  private var tally = ProbeTally()
  private var rows: [ProbedAddress] = []
  /// Rows that make room for what is wrong.
  private var dispensable = 0
  private var progress = ProbeProgress()
  private(set) var wasInterrupted = false
  private var verdicts: ProbeVerdicts?
  /// When the kernel gives up an attempt that nobody answers; played when it is asked for.
  private lazy var predictions: [Bool: Span] = [
    false: prediction(.v4), true: prediction(.v6),
  ]

  init(
    format: Probe.Format, expected: Set<ConnectOutcome.Kind>, profiles: [Profile],
    host: SettingsSnapshot, options: SocketOptions, style: Style
  ) {
    (self.format, self.expected, self.profiles) = (format, expected, profiles)
    (self.host, self.options, self.style) = (host, options, style)
  }

  private func prediction(_ family: Case.Family) -> Span {
    Timeline(of: Case(.connect, in: host, options: options, family: family)).span
  }

  private func isExpected(_ row: ProbedAddress) -> Bool {
    expected.contains(row.result.outcome.kind)
  }

  func begin() {
    if format == .csv { Console.print(ProbeTable.header) }
  }

  /// Counts what became of an address.
  /// - Returns: whether its row is wanted as well.
  func count(_ rounds: [ConnectResult]) -> Bool {
    let kind = ProbedAddress.result(of: rounds).outcome.kind
    let isExpected = expected.contains(kind)
    tally.add(rounds, kind, isExpected: isExpected)
    progress.show(tally.addresses)
    switch format {
    case .jsonl, .csv, .json, .prometheus: return true
    case .nagios: return false
    // A long table has what is wrong in it rather than what is right.
    case .text: return rows.count < Self.shown || (!isExpected && dispensable > 0)
    }
  }

  func add(_ row: ProbedAddress) {
    switch format {
    case .jsonl: Console.print(json(row).line)
    case .csv: Console.print(ProbeTable.line(for: row, isExpected: isExpected(row)))
    case .text: keep(row)
    case .json, .prometheus, .nagios: rows.append(row)
    }
  }

  private func keep(_ row: ProbedAddress) {
    if rows.count < Self.shown {
      rows.append(row)
      if isExpected(row) { dispensable += 1 }
    } else if let place = rows.lastIndex(where: isExpected) {
      rows[place] = row
      dispensable -= 1
    }
  }

  /// - Returns: that it is to stop.
  func interrupt() -> Bool {
    wasInterrupted = true
    return true
  }

  func finish() throws {
    progress.wipe()
    rows.sort(by: ProbedAddress.comesBefore)
    if !profiles.isEmpty {
      verdicts = try ProbeVerdicts(
        on: rows, under: profiles, host: Host(host), options: options, kernel: predictions)
    }
    switch format {
    case .text: Console.print(text + (verdicts?.text(style) ?? ""))
    case .json: printJSON()
    case .prometheus: Console.print(ProbeMetrics.prometheus(rows.map { ($0, isExpected($0)) }))
    case .nagios: Console.print(ProbeMetrics.nagios(tally))
    case .jsonl, .csv: break
    }
  }

  private var text: String {
    let needsKernel = rows.contains { Self.silences.contains($0.result.outcome.kind) }
    return ProbeText(
      rows: rows, tally: tally, omitted: tally.addresses - rows.count,
      kernel: needsKernel ? predictions : [:], elapsed: Clock.monotonic.now - start, style: style
    ).text
  }

  private func json(_ row: ProbedAddress) -> JSON {
    // Played only when there is a silence to explain.
    let isSilent = Self.silences.contains(row.result.outcome.kind)
    return Self.json(row, isSilent ? predictions : [:], expected)
  }

  private static func json(
    _ row: ProbedAddress, _ kernel: [Bool: Span], _ expected: Set<ConnectOutcome.Kind>
  ) -> JSON {
    let kind = row.result.outcome.kind
    return row.json(
      kernel: silences.contains(kind) ? kernel[row.isV6] : nil,
      isExpected: expected.contains(kind))
  }

  private static let silences: [ConnectOutcome.Kind] = [.undecided, .timedOut]

  private func printJSON() {
    let counts = ConnectOutcome.Kind.allCases.map {
      ($0.rawValue, JSON.integer(tally.counts[$0] ?? 0))
    }
    let (rows, kernel, expected) = (rows, predictions, expected)
    let part: JSON = [
      "results": .each(count: rows.count) { Self.json(rows[$0], kernel, expected) },
      "counts": .object(Dictionary(counts) { $1 }),
      "answers": tally.statistics?.json ?? .null,
      "elapsed_seconds": .seconds(Clock.monotonic.now - start),
      "interrupted": .bool(wasInterrupted), "verdicts": verdicts?.json ?? .array([]),
    ]
    Console.print(streaming: JSON.answer("probe", about: host, part))
  }

  var exitCode: Int32 {
    if format == .nagios { return tally.addresses == 0 ? 3 : tally.unexpected == 0 ? 0 : 2 }
    if wasInterrupted { return 130 }
    return tally.unexpected == 0 && verdicts?.isMissed != true ? 0 : 1
  }
}

import Advisor
import NetAddress
import Observations
import Reports
import Linux
import Probes
import TCPModel

/// What became of the addresses so far, and what of it is printed when.
final class ProbeRecord {
  /// What is probed, and how that is told.
  struct Question {
    var format: Probe.Format
    var expected: Set<ConnectOutcome.Kind>
    var profiles: [Profile]
    var host: SettingsSnapshot
    var options: SocketOptions
    /// How many addresses there are, names counted as one each.
    var listed: UInt64
    /// Whether the addresses of a name are not tried in turn, but against each other.
    var isRace: Bool
    var layout: TextLayout
  }

  private let question: Question
  private let start = KernelClock.monotonic.now
  private var tally = ProbeTally()
  private var rows: [ProbedAddress] = []
  private var shown: ProbeRows
  private var names = SequentialConnect.Collector()
  private var hasNames = false
  private var progress: ProbeProgress
  private(set) var wasInterrupted = false
  private var alarm: CInt?
  /// Whether nobody reads what is printed any more.
  private(set) var isUnread = false
  private var verdicts: ProbeVerdicts?
  private let predictions: ConnectPredictions
  /// Nil where no profile was named.
  private var judge: ConnectJudge?

  private var format: Probe.Format { question.format }

  init(_ question: Question) throws(Unknown) {
    self.question = question
    predictions = ConnectPredictions(
      on: question.host, question.options, ofDevice: Self.neighbourSettings)
    shown = ProbeRows(expecting: question.expected)
    progress = ProbeProgress(
      of: question.listed, isAlone: question.format != .jsonl && question.format != .csv)
    guard !question.profiles.isEmpty else { return }
    judge = ProbeVerdicts.judge(
      question.profiles, on: try Host(question.host), isRace: question.isRace,
      isComplete: question.format == .json, predictions)
  }

  /// A device that is gone has none, and what all devices begin with serves.
  private static func neighbourSettings(of device: String, _ family: AddressFamily)
    -> SettingsSnapshot?
  {
    do throws(SystemCallError) {
      return try SettingsReader(ProcFS()).neighbourSettings(of: device, family)
    } catch {
      return nil
    }
  }

  /// - Parameter number: of a descriptor that can be read when all is to stop.
  func begin(stoppingAt number: CInt) {
    alarm = number
    if format == .csv { tell(ProbeTable.header) }
  }

  /// Counts what became of an address.
  /// - Returns: whether its row is wanted as well.
  func count(_ rounds: [ConnectResult]) -> Bool {
    // What is broken off because nobody reads it is no finding.
    if isUnread { return false }
    let kind = ProbedAddress.result(of: rounds, expecting: question.expected).outcome.kind
    let isExpected = question.expected.contains(kind)
    tally.add(rounds, kind, isExpected: isExpected)
    progress.show(tally)
    switch format {
    case .jsonl, .csv, .json, .prometheus: return true
    case .nagios: return !isExpected && rows.count < NagiosLine.named
    case .text: return judge != nil || shown.admits(kind)
    }
  }

  /// Takes the rows that are wanted, and those of names.
  func add(_ row: ProbedAddress) {
    if isUnread { return }
    var row = row
    row.expected = question.expected
    row.prediction = predictions.timeToEnd(of: row)
    if row.address == row.target { row.address = row.target }
    if row.resolution != nil { take(name: row) }
    judge?.add(row)
    switch format {
    case .jsonl: tell(row.json.merging(["type": "result"]).line)
    case .csv: tell(ProbeTable.line(for: row))
    case .text: shown.add(row)
    case .json, .prometheus: rows.append(row)
    case .nagios: if !row.isExpected, rows.count < NagiosLine.named { rows.append(row) }
    }
  }

  private func take(name row: ProbedAddress) {
    hasNames = true
    switch format {
    case .text, .json, .jsonl: if !question.isRace { names.add(row) }
    case .csv, .prometheus, .nagios: break
    }
  }

  private func tell(_ text: String) {
    if hasRoom, Console.printPart(text) != .readerGone { return }
    isUnread = true
  }

  /// False where the reader takes nothing, and somebody has told us to stop meanwhile.
  private var hasRoom: Bool {
    guard let alarm else { return true }
    do throws(SystemCallError) {
      if try StandardStream.output.waitForRoom(orReadable: alarm) { return true }
      wasInterrupted = true
      return false
    } catch {
      return true
    }
  }

  func interrupt() { wasInterrupted = true }

  /// Nil where everything was probed.
  private var interruption: String? {
    guard wasInterrupted else { return nil }
    // How many addresses a name would have had, nobody knows.
    let total = hasNames ? "" : " of \(question.listed)"
    return "interrupted after \(tally.addresses)\(total) addresses"
  }

  func finish() {
    progress.wipe()
    // Whoever waits for the end is not told to stop any more, but stopped.
    alarm = nil
    rows.sort(by: ProbedAddress.comesBefore)
    verdicts = judge.map(ProbeVerdicts.init)
    switch format {
    case .text: Console.print(report.text(question.layout))
    case .json: printJSON()
    case .jsonl: printEnd()
    case .csv: if let interruption { Console.error(interruption) }
    case .prometheus: printMetrics()
    case .nagios: Console.print(nagios.text)
    }
  }

  private var report: Document {
    ProbeReport(
      rows: shown.rows, tally: tally, turns: names.turns, interruption: interruption,
      elapsed: KernelClock.monotonic.now - start, judgement: verdicts?.judgement
    ).document
  }

  private var nagios: NagiosLine {
    NagiosLine(tally, failures: rows, interruption: interruption)
  }

  /// A textfile that lacks some addresses would be taken for the whole truth.
  private func printMetrics() {
    if let interruption { return Console.error("\(interruption); nothing is printed") }
    Console.print(parts: PrometheusText(rows).write)
  }

  /// The addresses of names summed up, and then everything.
  private func printEnd() {
    if isUnread { return }
    for turn in names.turns { tell(turn.json.merging(["type": "name"]).line) }
    tell(summary.merging(["type": "summary"]).line)
  }

  private func printJSON() {
    let rows = rows
    let part: JSON = [
      "results": .each(count: rows.count) { rows[$0].json },
      "names": .array(names.turns.map(\.json)), "verdicts": .array([]),
    ]
    let whole = part.merging(summary).merging(verdicts?.json ?? [:])
    Console.print(streaming: JSON.answer("probe", about: question.host, whole))
  }

  private var summary: JSON {
    [
      "counts": .counts(tally.counts), "unexpected": .integer(tally.unexpected),
      "times": [
        "open": tally.statistics(of: .open)?.json ?? .null,
        "refused": tally.statistics(of: .refused)?.json ?? .null,
      ],
      "addresses": .integer(tally.addresses), "listed": .integer(Int(clamping: question.listed)),
      "elapsed_seconds": .seconds(KernelClock.monotonic.now - start),
      "interrupted": .bool(wasInterrupted),
    ]
  }

  func exitCode(stoppedBy signal: TerminationSignal?) -> Int32 {
    if format == .nagios { return nagios.status.rawValue }
    if wasInterrupted { return signal?.status ?? 130 }
    return tally.unexpected == 0 ? verdicts?.exitCode ?? 0 : 1
  }
}

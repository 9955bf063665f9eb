import Advisor
import Linux
import NetAddress
import Observations
import Probes
import Reports
import TCPModel

/// Counts what becomes of the addresses, and hands what is wanted of it to the judge and the reporter.
final class ProbeObserver {
  /// What is probed, and how that is reported.
  struct Question {
    var format: any ProbeReporter.Type
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
  private var reporter: any ProbeReporter
  private var names = SequentialConnect.Collector()
  private var hasNames = false
  private var progress: ProbeProgress
  private(set) var wasInterrupted = false
  private var alarm: CInt?
  /// Whether nobody reads what is printed any more.
  private(set) var isUnread = false
  private let predictions: ConnectPredictions
  /// Nil where no profile was named.
  private var judge: ConnectJudge?

  init(_ question: Question) throws(Unknown) {
    self.question = question
    predictions = ConnectPredictions(
      on: question.host, question.options, ofDevice: Self.neighbourSettings)
    reporter = question.format.init(
      ProbeReportContext(
        host: question.host, expected: question.expected, isJudged: !question.profiles.isEmpty,
        layout: question.layout))
    progress = ProbeProgress(
      of: question.listed, isAlone: !question.format.isStreaming)
    guard !question.profiles.isEmpty else { return }
    judge = ConnectJudge(
      question.profiles, on: try Host(question.host), isRace: question.isRace,
      isComplete: question.format.tellsAllFindings, predictions)
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
    tell(reporter.begin())
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
    return reporter.wants(kind, isExpected: isExpected)
  }

  /// Takes the rows that are wanted, and those of names.
  func add(_ row: ProbedAddress) {
    if isUnread { return }
    var row = row
    row.expected = question.expected
    row.prediction = predictions.timeToEnd(of: row)
    if row.resolution != nil { take(name: row) }
    judge?.add(row)
    tell(reporter.add(row))
  }

  private func take(name row: ProbedAddress) {
    hasNames = true
    if question.format.tellsNames, !question.isRace { names.add(row) }
  }

  private func tell(_ text: String) {
    if text.isEmpty { return }
    let isPainted = question.format.isPainted
    if hasRoom, Console.printPart(text, isPainted: isPainted) != .readerGone { return }
    isUnread = true
  }

  /// False where the reader takes nothing, and a signal came meanwhile.
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

  /// Prints the rest, and returns the exit code.
  func finish(stoppedBy signal: TerminationSignal?) -> Int32 {
    progress.wipe()
    // Whoever waits for the end is not told to stop any more, but stopped.
    alarm = nil
    let summary = summary
    var complaint: String?
    Console.print(isPainted: question.format.isPainted) { write in
      // Nobody is there for the end either; what is wrong with it is reported all the same.
      complaint = reporter.finish(summary, to: isUnread ? { _ in } : write)
    }
    if let complaint { Console.error(complaint) }
    return exitCode(summary, stoppedBy: signal)
  }

  private var summary: ProbeSummary {
    ProbeSummary(
      tally: tally, turns: names.turns, judgement: judge?.judgement, interruption: interruption,
      elapsed: KernelClock.monotonic.now - start, listed: question.listed)
  }

  private func exitCode(
    _ summary: ProbeSummary, stoppedBy signal: TerminationSignal?
  ) -> Int32 {
    if let code = reporter.exitCode(summary) { return code }
    if wasInterrupted { return signal?.status ?? 130 }
    return tally.unexpected == 0 ? summary.judgement?.exitCode ?? 0 : 1
  }
}

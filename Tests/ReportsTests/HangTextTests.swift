import Advisor
import Reports
import TCPModel
import Testing

/// The text of `explain --took`.
struct HangTextTests {
  private static let host = SettingsSnapshot.defaults(
    of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))

  private static let suspects: [SimulatedSuspect] = {
    var program = KnownProgram("kafka")
    program.application.connectTimeout = .seconds(30)
    return Suspect.all(
      on: [host].compactMap { try? Host($0) }, over: [Suspect.roundTrips[0]], programs: [program]
    ).simulated()
  }()

  private func report(
    _ time: Duration, step: Duration = .seconds(1), errno: String? = nil,
    on snapshots: [SettingsSnapshot] = [Self.host]
  ) -> HangReport {
    let hang = ObservedHang(time, step: step, errno: errno)
    return HangReport(HangDiagnosis(of: hang, among: Self.suspects), on: snapshots)
  }

  private func text(_ report: HangReport, width: Int = 80, charset: Charset = .utf8) -> String {
    report.document.text(TextLayout(isColoured: false, width: width, charset: charset))
  }

  @Test(arguments: [
    ("connect", Duration.seconds(127), Duration.seconds(1), String?.none),
    ("send", .seconds(938), .seconds(1), "ETIMEDOUT"),
    ("neighbour", .milliseconds(3050), .milliseconds(10), nil),
    ("program", .seconds(30), .seconds(1), nil),
    ("nothing", .seconds(50), .milliseconds(1), "ETIMEDOUT"),
    ("answer", .seconds(50), .seconds(1), "ECONNREFUSED"),
  ])
  func `took: the recorded text`(name: String, time: Duration, step: Duration, errno: String?)
    throws
  {
    try expectSnapshot(
      text(report(time, step: step, errno: errno)), named: "took-\(name).txt")
  }

  @Test(arguments: [40, 80, 160])
  func `took: no line is wider than the terminal`(width: Int) {
    for seconds in [3, 21, 30, 127, 938, 7900] {
      for line in text(report(.seconds(seconds)), width: width).split(separator: "\n") {
        // A path in a source is one word.
        let words = line.drop { $0 == " " }
        #expect(line.count <= width || !words.contains(" "), "\(line)")
      }
    }
  }

  @Test func `took: ASCII where the locale has no more`() {
    #expect(text(report(.seconds(938)), charset: .ascii).utf8.allSatisfy { $0 < 128 })
  }

  @Test func `took: a host that is not modelled is named with the reason`() {
    var unknown = Self.host
    unknown.kernel = KernelVersion(4, 9)
    let told = text(report(.seconds(134), on: [unknown]), width: 200)
    #expect(told.contains("nothing is said of this host: the timers of Linux 4.9"), "\(told)")
  }
}

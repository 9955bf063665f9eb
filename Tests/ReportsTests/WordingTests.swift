import Observations
import TCPModel
import Testing

@testable import Advisor
@testable import Reports

struct WordingTests {
  private static func ms(_ milliseconds: Int) -> Duration { .milliseconds(milliseconds) }

  @Test(arguments: [
    (0, 0, "0 s"), (0, 12, "0–12 ms"), (200, 212, "200–212 ms"), (212, 212, "212 ms"),
    (999, 1000, "0.99–1 s"), (900, 1200, "0.9–1.2 s"), (3000, 3000, "3 s"),
    (3001, 3009, "3–3.01 s"),
    (6516, 6516, "6.51–6.52 s"), (13_100, 13_600, "13.1–13.6 s"), (13_101, 13_599, "13.1–13.6 s"),
    (133_304, 135_330, "133–136 s"), (131_000, 131_000, "131 s"),
    (599_999, 600_000, "599–600 s"),
    (859_100, 875_900, "14 min 19 s–14 min 36 s"), (900_000, 900_000, "15 min"),
    (7_875_000, 8_033_600, "2 h 11 min–2 h 14 min"), (7_200_000, 7_200_000, "2 h"),
    (7_200_001, 7_200_002, "2 h–2 h 1 min"), (3_599_000, 3_600_000, "59–60 min"),
  ])
  func `wording: a range is as wide as its digits need, and never narrower`(
    earliest: Int, latest: Int, text: String
  ) {
    #expect(TimeRange(Self.ms(earliest), Self.ms(latest)).text == text)
  }

  @Test func `wording: what lies between milliseconds is rounded outwards`() {
    #expect(TimeRange(.microseconds(1500), .microseconds(2500)).text == "1–3 ms")
    #expect(TimeRange(.microseconds(204_100), .microseconds(204_100)).text == "204–205 ms")
  }

  @Test(arguments: [
    (0, "0 s", "0"), (1, "< 0.01 µs", "0.000000001"), (4, "< 0.01 µs", "0.000000004"),
    (5, "0.01 µs", "0.000000005"), (4_949, "4.95 µs", "0.000004949"), (20_000, "20 µs", "0.00002"),
    (29_440, "29.4 µs", "0.00002944"), (99_949, "99.9 µs", "0.000099949"),
    (99_950, "0.1 ms", "0.00009995"), (274_913, "0.27 ms", "0.000274913"),
    (1_500_000_000, "1.5 s", "1.5"), (60_000_000_000, "60 s", "60"),
  ])
  func `wording: a time is never rounded to none, and has no exponent`(
    nanoseconds: Int, text: String, number: String
  ) {
    #expect(Duration.nanoseconds(nanoseconds).text == text)
    #expect(Duration.nanoseconds(nanoseconds).decimalSeconds == number)
  }

  @Test func `range: what crosses a unit has that of its beginning`() {
    #expect(TimeRange(.seconds(593), .seconds(610)).text == "593–610 s")
    #expect(TimeRange(.seconds(20), .seconds(8000)).text == "0–134 min")
  }

  @Test(
    arguments: [
      (480, TimeUnit.minutes, "8 min"), (480, .seconds, "480 s"), (90, .minutes, "1.5 min"),
      (5400, .hours, "1.5 h"), (0, .seconds, "0 s"), (7200, .hours, "2 h"),
    ] as [(Int, TimeUnit, String)])
  func `written time: the unit is the author's`(seconds: Int, unit: TimeUnit, text: String) {
    #expect(WrittenTime(.seconds(seconds), in: unit).text == text)
  }

  @Test func `branches: those that read alike are one`() {
    let alike = timeline([
      (0.2, 8_760_000, 8_820_000), (0.5, 8_770_000, 8_880_000), (0.3, 20_000_000, 20_100_000),
    ])
    #expect(
      alike.text
        == "2 h 26 min–2 h 28 min in 70 of 100 cases, or 5 h 33 min–5 h 35 min in 30 of 100 cases")
  }

  @Test func `wording: ends are summary apart`() {
    let range = TimeRange(.seconds(5), .seconds(6))
    #expect(TimeToEnd(ends: .never, range: nil).text == "never")
    #expect(TimeToEnd(ends: .unknown(because: "x"), range: nil).text == "unknown")
    #expect(TimeToEnd(ends: .always, range: range).text == "5–6 s")
    #expect(TimeToEnd(ends: .maybeNever, range: range).text == "5–6 s, or never")
    #expect(TimeToEnd(ends: .maybeNever, range: nil).text == "never")
  }

  @Test(arguments: [
    (
      Observation.Outcome.outlived(resumedAfter: .milliseconds(40)), 1,
      "survived 1 s, resumed 40 ms later; survives outages of up to 2.05 s"
    ),
    (
      .ended(errno: "ETIMEDOUT", after: .milliseconds(4080)), 3,
      "4.08 s, predicted 4.07–4.11 s; survives outages of up to 2.05 s"
    ),
  ])
  func `wording: an outage is told with what became of it`(
    outcome: Observation.Outcome, seconds: Int, text: String
  ) throws {
    let host = try Host.stock()
    let keepalive = SocketOptions([.keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 3])
    var experiment = Experiment(.idle, in: host.snapshot, options: keepalive)
    experiment.outage = .seconds(seconds)
    let comparison = Comparison(
      Observation(outcome: outcome, outage: experiment.outage),
      of: MeasurementRequest(.current, group: "pool", experiment: experiment), on: host)
    #expect(comparison.text == text)
  }

  @Test func `wording: what was not run in a sandbox says where and why, once`() throws {
    let host = try Host.stock()
    var observation = Observation(outcome: .ended(errno: "ETIMEDOUT", after: .seconds(1)))
    observation.onHostBecause = "unshare: EPERM"
    let experiment = Experiment(
      .connect, in: host.snapshot, options: SocketOptions([.userTimeout: 1]))
    let comparison = Comparison(
      observation, of: MeasurementRequest(.current, group: "pool", experiment: experiment), on: host
    )
    let layout = TextLayout(isColoured: false)
    let text = MeasurementReport([comparison, comparison], leftOut: [], of: host.snapshot).document
      .text(layout)
    #expect(text.hasPrefix("  on the host's loopback, because unshare: EPERM\n  "))
    let report = AdviceReport(
      try Advice.sample(.server, on: host), comparisons: [comparison, comparison],
      surroundings: DeploymentContext()
    ).document.text(layout)
    let title = "Measured on this kernel, on the host's loopback\n  no sandbox: unshare: EPERM\n"
    #expect(report.ranges(of: title).count == 1)
    for text in [text, report] { #expect(text.ranges(of: "unshare").count == 1) }
  }

  private func timeline(_ branches: [(Double?, Int, Int)]) -> Timeline {
    Timeline(
      .send,
      branches: branches.map { share, from, to in
        Timeline.Branch(
          share: share,
          events: [Timeline.Event(.giveUp, TimeRange(Self.ms(from), Self.ms(to)))],
          waits: [.zero], survives: .zero)
      }, ends: .always, nominalEvents: [], errno: "ETIMEDOUT")
  }

  @Test func `wording: branches are told with their odds, up to three of them`() {
    #expect(timeline([(1, 5000, 6000)]).text == "5–6 s")
    #expect(
      timeline([(0.13, 6600, 6600), (0.87, 13_100, 13_600)]).text
        == "6.6 s in 13 of 100 cases, or 13.1–13.6 s in 87 of 100 cases")
    #expect(
      timeline([(0.001, 6600, 6600), (0.999, 13_100, 13_600)]).text
        == "6.6 s in fewer than 1 of 100 cases, or 13.1–13.6 s in more than 99 of 100 cases")
    #expect(timeline([(nil, 6600, 6600), (nil, 13_100, 13_600)]).text == "6.6 s, or 13.1–13.6 s")
    #expect(
      timeline([(0.2, 1000, 1100), (0.3, 2000, 2100), (0.3, 3000, 3100), (0.2, 4000, 4100)]).text
        == "1–4.1 s")
  }

  private func finding(
    _ subject: Finding.Subject, _ status: Finding.Status, wanted: Int? = nil,
    timeToEnd: TimeToEnd? = nil, survives: Int? = nil
  ) -> Finding {
    Finding(
      profile: "p", group: "pool", scenario: .idle, subject: subject,
      wanted: wanted.map { WrittenTime(Self.ms($0)) }, status: status,
      evidence: Evidence(
        options: SocketOptions([.keepalive: 1]), timeToEnd: timeToEnd,
        survives: survives.map(Self.ms)),
      location: .sample(1))
  }

  @Test func `wording: findings say what is, with numbers`() {
    let range = TimeToEnd(ends: .always, range: TimeRange(.seconds(127), .seconds(135)))
    let late = finding(
      .bound(.within), .missed(by: .seconds(125)), wanted: 10_000, timeToEnd: range)
    #expect(late.wish == "within 10 s")
    #expect(late.status.name == "missed")
    #expect(late.reason == "ends after 127–135 s, 125 s late")
    let unlucky = finding(
      .bound(.within), .missed(by: .seconds(5)), wanted: 130_000, timeToEnd: range)
    #expect(unlucky.reason == "ends after 127–135 s, up to 5 s late")
    let good = finding(
      .bound(.within), .met(margin: .seconds(5)), wanted: 140_000, timeToEnd: range)
    #expect(good.status.name == "met")
    #expect(good.reason == "ends after 127–135 s")
    let never = finding(
      .bound(.within), .missed(by: nil), wanted: 1000,
      timeToEnd: TimeToEnd(ends: .never, range: nil))
    #expect(never.reason == "never ends")
    let outlived = finding(.bound(.survive), .met(margin: .zero), wanted: 60_000, survives: 60_000)
    #expect(outlived.wish == "survive 60 s")
    #expect(outlived.reason == "survives an outage of 60 s")
    #expect(finding(.bound(.survive), .met(margin: nil)).reason == "nothing ends it")
    let unknown = finding(.bound(.within), .unknown(because: "no such key"), wanted: 1000)
    #expect(unknown.status.name == "unknown")
    #expect(unknown.reason == "no such key")
    #expect(finding(.middlebox(.loadBalancer), .missed(by: nil)).wish.contains("load-balancer"))
    #expect(
      finding(.silentDrop(.firewall), .missed(by: nil)).reason.contains("60 min")
        || finding(.silentDrop(.firewall), .missed(by: nil)).reason.contains("1 h"))
  }

  @Test func `wording: identifiers are stable`() {
    #expect(finding(.bound(.within), .met(margin: nil)).id == "pool.idle.within")
    #expect(finding(.middlebox(.firewall), .met(margin: nil)).id == "pool.idle.firewall")
    #expect(finding(.silentDrop(.firewall), .met(margin: nil)).id == "pool.idle.firewall.drop")
  }

  @Test func `wording: options and readings in words`() {
    #expect(SocketOptions().text == "none")
    #expect(
      SocketOptions([.userTimeout: 30_000, .keepalive: 1]).text
        == "SO_KEEPALIVE, TCP_USER_TIMEOUT=30000")
    #expect(SocketOptions([.keepalive: 0]).text == "SO_KEEPALIVE=0")
    #expect(SysctlReading.value(6).text == "6")
    #expect(SysctlReading.absent.text == "absent")
    #expect(SysctlReading.denied("EACCES").text == "EACCES")
    #expect(SysctlReading.malformed("x").text == "malformed (x)")
    #expect(KernelVersion.list([]) == "")
    #expect(KernelVersion.list([KernelVersion(6, 1)]) == "6.1")
    #expect(
      KernelVersion.list([KernelVersion(5, 15), KernelVersion(6, 1), KernelVersion(6, 18)])
        == "5.15, 6.1 and 6.18")
  }

  @Test func `wording: comments fold at blanks and keep every word`() {
    let words = (1...60).map { "word\($0)" }
    let folded = CommentWrapper.fold(words.joined(separator: "  "))
    let lines = folded.split(separator: "\n")
    #expect(lines.count > 1)
    #expect(lines.allSatisfy { $0.hasPrefix("# ") && $0.count <= 90 })
    #expect(lines.flatMap { $0.dropFirst(2).split(separator: " ").map(String.init) } == words)
    let long = String(repeating: "x", count: 200)
    #expect(CommentWrapper.fold("a \(long) b") == "# a\n# \(long)\n# b\n")
    #expect(CommentWrapper.fold("") == "")
  }

  @Test func `wording: tables fold at the width, and codes take no room`() {
    for isColoured in [false, true] {
      let layout = TextLayout(isColoured: isColoured, width: 40)
      let one: RichText = "\(StatusMark("one", .doubtful))"
      let rows = [[one, RichText(String(repeating: "text ", count: 20))], ["longer", "x"]]
      let plain = Document(.table(Document.Table(rows))).text(layout).replacing(
        /\u{1B}\[[0-9]*m/, with: "")
      let lines = plain.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 40 })
      #expect(lines.first?.hasPrefix("  one     text text") == true)
      #expect(lines.last == "  longer  x")
    }
  }
}

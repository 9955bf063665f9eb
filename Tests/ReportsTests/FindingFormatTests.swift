import Advisor
import NetAddress
import TCPModel
import Testing

@testable import Reports

/// Findings of `check` as pipelines and monitoring read them.
struct FindingFormatTests {
  private static let location = FileLocation(file: "p.yaml", line: 3, column: 5)

  private func finding(
    _ status: Finding.Status, group: String = "pool", kind: Objective.Kind = .within,
    ends latest: Duration? = .seconds(900), severity: Finding.Severity = .error
  ) -> Finding {
    let end = TimeToEnd(
      ends: latest == nil ? .never : .always, range: latest.map { TimeRange(.seconds(1), $0) })
    var finding = Finding(
      profile: "p", group: group, scenario: .idle, subject: .bound(kind),
      wanted: WrittenTime(.seconds(120), in: .minutes), status: status,
      evidence: Evidence(timeToEnd: end, survives: .seconds(60)), location: Self.location)
    finding.severity = severity
    return finding
  }

  private func text(_ format: any FindingsReporter.Type, _ findings: Finding...) -> (
    String, Int32?
  ) {
    let run = FindingsRun(
      host: .defaults(of: KernelVersion(6, 18)), phase: .current,
      layout: TextLayout(isColoured: false))
    return (format.text(of: findings, run), format.exitCode(of: findings))
  }

  @Test func `finding formats: a miss fails a test, what is unknown is skipped`() {
    let (text, code) = text(
      FindingsTAP.self, finding(.met(margin: nil)), finding(.missed(by: nil), group: "a#b\\"),
      finding(.unknown(because: "nobody\nknows")),
      finding(.missed(by: nil), severity: .notice))
    #expect(code == nil)
    #expect(text.hasPrefix("TAP version 13\nok 1 - pool.idle.within: within 2 min\nnot ok 2 - "))
    #expect(text.contains("not ok 2 - a\\#b\\\\.idle.within"))
    #expect(text.contains("\nok 3 - pool.idle.within: within 2 min # SKIP nobody"))
    #expect(text.contains("not ok 4 - pool.idle.within: within 2 min # TODO a notice\n"))
    #expect(text.contains("\n  at: \"p.yaml:3:5\"\n  ...\n"))
    #expect(text.hasSuffix("\n1..4\n"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("ok") || $0.hasPrefix("not ok") } == 4)
    #expect(self.text(FindingsTAP.self).0.hasSuffix("1..0 # SKIP no objective was checked\n"))
  }

  @Test func `finding formats: a plug-in's line has the worst first, and its numbers`() {
    let (line, code) = text(
      FindingsNagios.self, finding(.met(margin: nil)),
      finding(.missed(by: nil), group: "a|b'c", kind: .survive),
      finding(.missed(by: nil), group: "n", ends: nil))
    #expect(code == 2)
    let lines = line.split(separator: "\n")
    #expect(lines[0].hasPrefix("CHECK CRITICAL - 1 met, 2 missed; a/b'c.idle.survive: "))
    #expect(lines[0].count { $0 == "|" } == 1)
    #expect(
      lines[0].hasSuffix(
        "| 'pool.idle.within'=900s;;120 'a_b_c.idle.survive'=60s;;120: 'n.idle.within'=U;;120"))
    #expect(lines.count == 3)
    #expect(lines[2].hasPrefix("missed: n.idle.within"))
  }

  @Test(arguments: [
    (Finding.Status.met(margin: nil), Finding.Severity.error, 0), (.missed(by: nil), .error, 2),
    (.missed(by: nil), .warning, 1), (.missed(by: nil), .notice, 0),
    (.unknown(because: "x"), .error, 3),
  ])
  func `finding formats: a plug-in's exit code`(
    status: Finding.Status, severity: Finding.Severity, code: Int
  ) {
    #expect(text(FindingsNagios.self, finding(status, severity: severity)).1 == Int32(code))
  }

  @Test func `finding formats: nothing checked is unknown to a plug-in`() {
    let (line, code) = text(FindingsNagios.self)
    #expect(line == "CHECK UNKNOWN - no objective was checked | \n")
    #expect(code == 3)
  }

  @Test func `finding formats: a textfile has each series once, and infinity for never`() {
    let (text, code) = text(
      FindingsPrometheus.self, finding(.met(margin: nil)), finding(.met(margin: nil)),
      finding(.missed(by: nil), group: "a\"b\\", ends: nil),
      finding(.unknown(because: "x"), group: "u"))
    #expect(code == nil)
    let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { String($0.prefix(upTo: $0.lastIndex(of: " ") ?? $0.endIndex)) }
    #expect(Set(series).count == series.count)
    #expect(text.contains("connections=\"a\\\"b\\\\\""))
    #expect(text.contains("worst_seconds{profile=\"p\",connections=\"pool\""))
    #expect(text.contains("} +Inf\n"))
    #expect(!text.contains("worst_seconds{profile=\"p\",connections=\"u\""))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("# TYPE") } == 6)
  }

  @Test func `finding formats: a textfile names what was judged, and why something is not met`() {
    let (text, _) = text(
      FindingsPrometheus.self, finding(.met(margin: nil)),
      finding(.missed(by: .seconds(780)), group: "late"),
      finding(.missed(by: nil), group: "noticed", severity: .notice),
      finding(.unknown(because: "nobody \"knows\""), group: "u"))
    #expect(
      text.hasPrefix(
        """
        # HELP tcpadvisor_check_info 1, with the tool's version, the kernel judged and its timer tick.
        # TYPE tcpadvisor_check_info gauge
        tcpadvisor_check_info{version="\(Tool.version)",kernel="6.18",hz=""} 1

        """), "\(text)")
    let reasons = text.split(separator: "\n").filter {
      $0.hasPrefix("tcpadvisor_check_reason_info{")
    }
    #expect(reasons.count == 2)
    #expect(reasons[0].contains("id=\"late.idle.within\""))
    #expect(reasons[0].contains("reason=\"ends after "), "\(reasons[0])")
    #expect(reasons[1].contains("reason=\"nobody \\\"knows\\\"\",remedy=\"\"} 1"), "\(reasons[1])")
  }
}

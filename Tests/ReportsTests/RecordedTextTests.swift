import Advisor
import Foundation
import Observations
import Reports
import SysctlFiles
import TCPModel
import Testing

/// Whole texts, held against the recorded ones.
struct RecordedTextTests {
  private func width(_ text: String) -> Int {
    text.split(separator: "\n").map(\.count).max() ?? 0
  }

  @Test func `recorded texts: undo says what was there and what was not`() throws {
    var snapshot = try Host.stock().snapshot
    snapshot.source = "/proc/sys"
    snapshot[.tcpKeepaliveTime] = .value(1800)
    snapshot[.tcpKeepaliveIntvl] = .denied("EACCES")
    snapshot[.tcpKeepaliveProbes] = .absent
    let plan = try PortablePlan.sample(.server).undone(to: snapshot)
    for target in ["sysctl", "ansible", "puppet"] {
      let file = try #require(PlanEmitters[target]?.emission(of: plan).files.first)
      try expectSnapshot(file.text, named: "undo/\(file.name)")
    }
  }

  @Test func `recorded texts: the report on a stock host`() throws {
    let advice = try Advice.sample(.server, on: try .stock())
    let report = AdviceReport(
      advice, comparisons: [], surroundings: DeploymentContext()
    ).document.text(TextLayout(isColoured: false))
    #expect(width(report) <= 80)
    #expect(report.split(separator: "\n").count <= 40)
    try expectSnapshot(report, named: "report-server.txt")
  }

  @Test func `recorded texts: the report with measurements and surroundings`() throws {
    let host = try Host.stock()
    let advice = try Advice.sample(.server, on: host)
    let requests = advice.requests(within: .seconds(10))
    let comparisons = requests.map { request in
      Comparison(Observation(outcome: .notRun(because: "a test")), of: request, on: host)
    }
    let surroundings = DeploymentContext(
      overrides: [
        .init(
          file: "/etc/sysctl.d/99-site.conf", line: 3, key: .tcpKeepaliveTime, value: "7200")
      ], loaderMask: "/etc/systemd/system/systemd-sysctl.service",
      unreadFiles: ["/etc/sysctl.d/90-secret.conf": "EACCES"], processesElsewhere: 12,
      namespacesElsewhere: 3, processesUnseen: 45)
    let report = AdviceReport(
      advice, comparisons: comparisons, surroundings: surroundings
    ).document.text(TextLayout(isColoured: false))
    #expect(width(report) <= 80)
    try expectSnapshot(report, named: "report-server-measured.txt")
  }

  @Test func `recorded texts: the report on several groups and on what cannot be met`() throws {
    for (name, profile) in [("client", Profile.client), ("impossible", .impossible)] {
      let advice = try Advice.sample(profile, on: try .stock())
      let report = AdviceReport(
        advice, comparisons: [], surroundings: DeploymentContext()
      ).document.text(TextLayout(isColoured: false))
      #expect(width(report) <= 80)
      try expectSnapshot(report, named: "report-\(name).txt")
    }
  }

  @Test func `recorded texts: colour adds codes and nothing else`() throws {
    let advice = try Advice.sample(.impossible, on: try .stock())
    let texts = [false, true].map {
      AdviceReport(
        advice, comparisons: [], surroundings: DeploymentContext()
      ).document.text(TextLayout(isColoured: $0))
    }
    #expect(texts[1] != texts[0])
    #expect(texts[1].replacing(/\u{1B}\[[0-9]*m/, with: "") == texts[0])
  }

  @Test(
    .disabled(
      if: ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1", "texts are recorded now"))
  func `recorded texts: a text that differs or was never recorded fails`() {
    withKnownIssue { try expectSnapshot("a text\n", named: "never-recorded.txt") }
    withKnownIssue { try expectSnapshot("a text\n", named: "undo.conf") }
  }
}

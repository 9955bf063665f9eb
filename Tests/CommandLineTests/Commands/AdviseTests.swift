import Foundation
import Testing

struct AdviseTests {
  private func report(_ arguments: String...) throws -> Run {
    // From standard input: a long path in the heading could not be folded.
    let run = try Run.tool(
      ["advise", "--no-measure", "--from", "-"] + arguments, input: try Machine.stockText)
    #expect(run.code == 0)
    #expect(run.complaint == "")
    return run
  }

  @Test func `advise: the report on stock settings fits a screen`() throws {
    let report = try report()
    #expect(report.lines.count <= 41)
    #expect(report.lines.last == "")
    for line in report.lines { #expect(line.count <= 80, "\(line)") }
    #expect(!report.output.contains("\u{1B}"))
    for word in ["never", "MISSED", "tcp_keepalive_time", "To change", "emit sysctl"] {
      #expect(report.output.contains(word))
    }
  }

  @Test(arguments: ["database-client", "reverse-proxy"])
  func `advise: reports on other profiles keep to the width`(profile: String) throws {
    let report = try report("--profile", profile)
    for line in report.lines { #expect(line.count <= 80, "\(line)") }
    #expect(report.output.contains("TCP_USER_TIMEOUT"))
  }

  @Test func `advise: colour comes when asked for or on a terminal, never with NO_COLOR`() throws {
    let code = "\u{1B}["
    #expect(try report("--color", "always").output.contains(code))
    #expect(try !report("--color", "never").output.contains(code))
    #expect(try !report("--color", "auto").output.contains(code))
    let text = try report().output
    let plain = try report("--color", "always").output
      .replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == text)
  }

  @Test(.enabled(if: Machine.hasTerminals, "no terminal by script(1) here"))
  func `advise: on a terminal there is colour unless NO_COLOR says otherwise`() throws {
    let script = try #require(Machine.program("script"))
    func onTerminal(_ environment: [String: String]) throws -> String {
      let command = "'\(Machine.executable)' check --from '\(Machine.stock)'"
      return try Run(
        [script, "-qec", command, "/dev/null"], environment: environment.merging(Self.base) { $1 }
      ).output
    }
    #expect(try onTerminal([:]).contains("\u{1B}["))
    #expect(try onTerminal(["NO_COLOR": ""]).contains("\u{1B}["))
    #expect(try !onTerminal(["NO_COLOR": "1"]).contains("\u{1B}["))
  }

  private static let base = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TERM": "xterm"]

  @Test func `advise: the JSON has the promised fields and a shorter silence alone`() throws {
    let answer = try report("--json").json
    #expect(
      answer.names.isSuperset(of: [
        "schema_version", "tool", "version", "command", "host", "scenarios", "findings",
        "measurements", "plan",
      ]))
    #expect(answer["measurements"].array.isEmpty)
    let scenarios = answer["scenarios"].array
    #expect(Set(scenarios.map(\.["settings"].string)) == ["current", "planned"])
    for scenario in scenarios {
      #expect(
        scenario.names.isSuperset(of: [
          "settings", "connections", "basis", "scenario", "earliest_seconds", "latest_seconds",
          "ends", "errno", "events", "branches", "nominal_seconds",
        ]))
    }
    let plan = answer["plan"]
    #expect(
      plan.names.isSuperset(of: [
        "sysctls", "socket_options", "deadlines", "side_effects", "contradictions",
      ]))
    let sysctls = plan["sysctls"].array
    #expect(sysctls.map(\.["key"].string) == ["net.ipv4.tcp_keepalive_time"])
    #expect(sysctls.map(\.["from"].string) == ["7200"])
    #expect(sysctls.map(\.["to"].string) == ["180"])
    for change in sysctls {
      #expect(change.names.isSuperset(of: ["key", "from", "to", "why", "takes_effect"]))
      #expect(change["to"].string.flatMap { Int($0) } != nil)
      #expect(change["why"].string?.isEmpty == false)
    }
    for part in ["socket_options", "deadlines", "contradictions"] {
      #expect(plan[part].array.isEmpty)
    }
  }

  @Test func `advise: the plan of a client has options and a deadline with their moments`() throws {
    let plan = try report("--profile", "database-client", "--json").json["plan"]
    let options = plan["socket_options"].array
    for option in options {
      #expect(
        option.names.isSuperset(of: ["connections", "option", "value", "when", "why"]))
      // libpq sets its only user timeout before it connects.
      #expect(option["when"].string == "before-connect")
    }
    #expect(
      Set(options.map(\.["option"].string)) == [
        "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT",
      ])
    let deadlines = plan["deadlines"].array
    #expect(deadlines.map(\.["seconds"].number) == [10])
    #expect(deadlines.map(\.["scenario"].string) == ["connect"])
    let effects = plan["side_effects"].array
    #expect(effects.map(\.["scenario"].string).contains("zero-window"))
    for effect in effects {
      #expect(effect.names.isSuperset(of: ["scenario", "why", "before", "after"]))
    }
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `advise: a measuring run confirms the model`() throws {
    try expectConfirmed(try Run.tool("advise", "--budget", "3s", "--json"))
  }

  @Test(
    .enabled(
      if: Machine.allowsNamespacesToNobody, "user 65534 gets no namespaces here")
  )
  func `advise: a measuring run of a user without rights confirms the model`() throws {
    try expectConfirmed(
      try Run.tool("advise", "--budget", "3s", "--json", wrapper: Machine.nobody))
  }

  private func expectConfirmed(_ run: Run) throws {
    #expect(run.code == 0)
    #expect(run.complaint == "")
    let measurements = try run.json["measurements"].array
    for measurement in measurements {
      #expect(
        measurement.names.isSuperset(of: [
          "scenario", "settings", "family", "sysctls", "options", "earliest_seconds",
          "latest_seconds", "ends", "measured_seconds", "status", "k_of_n", "rehearsal", "reason",
          "events",
        ]))
      let status = try #require(measurement["status"].string)
      #expect(["confirmed", "confirmed-so-far", "not-run"].contains(status), "\(run.output)")
      #expect((status == "not-run") == (measurement["reason"].string != nil))
    }
    let seen = measurements.filter { $0["status"].string?.hasPrefix("confirmed") == true }
    #expect(Set(seen.map(\.["scenario"].string)).isSuperset(of: ["connect", "send"]))
  }
}

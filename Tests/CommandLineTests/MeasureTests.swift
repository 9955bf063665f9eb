import Testing

/// Measuring runs: they play with real sockets, and say what they saw.
struct MeasureTests {
  private static let keepalive = [
    "--option", "TCP_KEEPIDLE=1", "--option", "TCP_KEEPINTVL=1", "--option", "TCP_KEEPCNT=2",
  ]

  @Test(.enabled(if: Machine.allowsNamespaces, "no namespaces here"))
  func `an outage is outlived or not, as the model says`() throws {
    let run = try Run.tool(
      ["measure", "idle", "send", "--outage", "500ms", "--budget", "5s", "--json"]
        + Self.keepalive)
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0 && measurements.count == 2)
    for measurement in measurements {
      #expect(measurement["status"].string == "confirmed", "\(run.output)")
      #expect(measurement["outage_seconds"].number == 0.5)
      #expect(measurement["measured_seconds"].isNull)
      #expect(try #require(measurement["resumed_after_seconds"].number) < 1)
    }
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "no namespaces here"))
  func `an outage that kills is told with its end`() throws {
    let run = try Run.tool(
      ["measure", "idle", "--outage", "1500ms", "--budget", "5s"] + Self.keepalive)
    #expect(run.code == 0)
    #expect(run.output.contains("predicted 3") && run.output.contains("outages up to 1.02 s"))
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "no namespaces here"))
  func `what has no outage says so`() throws {
    let run = try Run.tool(
      "measure", "connect", "--option", "TCP_USER_TIMEOUT=1", "--budget", "4s", "--json")
    let measurement = try run.json["measurements"][0]
    #expect(measurement["status"].string == "confirmed")
    #expect(measurement["outage_seconds"].isNull && measurement["resumed_after_seconds"].isNull)
  }
}

import Testing

/// `explain --took`, as it is typed.
struct ExplainTookTests {
  private static let fields: Set<String> = [
    "scenario", "likelihood", "kernels", "sysctls", "options", "earliest_seconds",
    "latest_seconds", "ends", "errno", "tell_apart",
  ]

  private func took(_ arguments: String..., from file: String = Machine.stock) throws -> JSON {
    let run = try Run.tool(["explain", "--took"] + arguments + ["--from", file, "--json"])
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.complaint == "")
    return try run.json
  }

  @Test func `took: the promised fields are there, and the catalogue's programs`() throws {
    let answer = try took("30s")
    #expect(
      answer.names.isSuperset(of: [
        "schema_version", "tool", "version", "command", "host", "took", "errno", "candidates",
      ]))
    #expect(answer["took"]["seconds"].number == 30)
    #expect(answer["took"]["earliest_seconds"].number == 29)
    let candidates = answer["candidates"].array
    for candidate in candidates { #expect(candidate.names.isSuperset(of: Self.fields)) }
    let first = try #require(candidates.first)
    #expect(first["likelihood"].string == "known-program")
    #expect(first["scenario"].string == "connect")
    #expect(first["gives_up"].string == "program")
    #expect(first["programs"].array.map(\.string).contains("kafka-java"))
    #expect(first["earliest_seconds"].number == 30)
  }

  @Test func `took: with a release, a setting and an option the host is that one`() throws {
    let answer = try took(
      "13.4s", "--errno", "connection timed out", "--kernel", "6.1", "--set", "tcp_retries2=5",
      "--rtt", "100us")
    #expect(answer["errno"].string == "ETIMEDOUT")
    let first = try #require(answer["candidates"].array.first)
    #expect(first["likelihood"].string == "this-host")
    #expect(first["scenario"].string == "send")
    #expect(first["kernels"].array.first?["from"].string == "6.1")
    #expect(first["sysctls"]["net.ipv4.tcp_retries2"].string == "5")
    #expect(first["longest_rtt_seconds"].number == 0.0001)
    #expect(first["tell_apart"].array.first?["command"].string?.contains("ss -tino") == true)
    let option = try took("5.42s", "--option", "TCP_USER_TIMEOUT=5000", "--rtt", "100us")
    let found = try #require(option["candidates"].array.first)
    #expect(found["likelihood"].string == "this-host")
    #expect(found["options"]["TCP_USER_TIMEOUT"].number == 5000)
  }

  @Test func `took: nothing that fits is an answer too`() throws {
    let run = try Run.tool(["explain", "--took", "90h", "--from", Machine.stock])
    #expect(run.code == 0)
    #expect(run.output.contains("Nothing that is known ends then; the nearest before and after:"))
    let refused = try took("3s", "--errno", "ECONNREFUSED")
    #expect(refused["candidates"].array.isEmpty)
    #expect(refused["notes"].array.first?.string?.contains("explain refused") == true)
  }
}

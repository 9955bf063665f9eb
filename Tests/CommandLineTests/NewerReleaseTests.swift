import Testing

/// A release that is newer than all that were verified: every command says what it is modelled as.
struct NewerReleaseTests {
  private static let note = "modelled as 7.3, the newest"
  private static let host = ["--from", Machine.fixture("stock-6.18.txt"), "--kernel", "8.0"]

  @Test(arguments: [
    ["advise", "--no-measure"] + host, ["check"] + host, ["explain", "connect"] + host,
    ["explain", "tcp_syn_retries"] + host, ["explain", "TCP_USER_TIMEOUT"] + host,
    ["explain", "connect", "--kernel", "6.18", "--kernel", "8.0"], ["emit", "sysctl"],
    ["emit", "sockets"], ["emit", "c"],
  ])
  func `newer release: text says what it is modelled as`(arguments: [String]) throws {
    let kernel = arguments[0] == "emit" ? ["--kernel", "8.0"] : []
    let run = try Run.tool(arguments + kernel)
    let words = run.output.split { " \n".contains($0) }.filter { $0 != "#" && $0 != "*" }
    #expect(words.joined(separator: " ").contains(Self.note), "\(run.output) \(run.complaint)")
    let known = try Run.tool(arguments.map { $0 == "8.0" ? "7.3" : $0 })
    #expect(!known.output.contains("modelled as"), "\(known.output)")
  }

  @Test(arguments: [
    ["advise", "--no-measure"], ["check"], ["explain", "connect"], ["explain", "tcp_syn_retries"],
  ])
  func `newer release: JSON says what it is modelled as`(arguments: [String]) throws {
    let newer = try Run.tool(arguments + Self.host + ["--json"]).json["host"]
    #expect(newer["kernel"].string == "8.0")
    #expect(newer["modelled_as"].string == "7.3")
    let known = try Run.tool(arguments + ["--from", Machine.fixture("stock-6.18.txt"), "--json"])
    #expect(try known.json["host"]["modelled_as"].isNull)
  }

  @Test func `newer release: an emitted plan says it of each kernel`() throws {
    let run = try Run.tool("emit", "sysctl", "--kernel", "6.18", "--kernel", "8.0", "--json")
    let kernels = try run.json["kernels"].array
    #expect(kernels.compactMap(\.["release"].string) == ["6.18", "8.0"])
    #expect(kernels[0]["modelled_as"].isNull)
    #expect(kernels[1]["modelled_as"].string == "7.3")
  }
}

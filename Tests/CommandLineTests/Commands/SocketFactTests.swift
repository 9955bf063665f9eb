import Testing

/// `measure --socket-facts` as a user runs it.
struct SocketFactTests {
  private static let fields: Set = ["id", "expected", "seen", "same", "reason"]

  private func expectAllTheSame(_ run: Run) throws {
    let facts = try run.json["facts"].array
    #expect(run.code == 0)
    #expect(facts.count > 100)
    for fact in facts {
      #expect(fact.names == Self.fields)
      let isTold = fact["same"].bool == true || fact["expected"].isNull
      #expect(isTold, "\(fact["id"].string ?? "")")
      #expect(fact["seen"].string != nil, "\(fact["id"].string ?? "")")
      #expect(fact["reason"].isNull == (fact["same"].bool != nil))
    }
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: facts are the same here`() throws {
    try expectAllTheSame(try Run.tool("measure", "--socket-facts", "--json"))
  }

  @Test(.enabled(if: Machine.allowsNamespacesToNobody, "user 65534 gets no namespaces here"))
  func `measure: facts are the same for a user without any rights`() throws {
    try expectAllTheSame(
      try Run.tool("measure", "--socket-facts", "--json", wrapper: Machine.nobody))
  }

  @Test(.enabled(if: Machine.canForbid, "limits cannot be set here"))
  func `measure: where no sandbox is allowed nothing can be told`() throws {
    let run = try Run(
      Machine.withoutNamespaces + [Machine.executable, "measure", "--socket-facts", "--json"])
    let facts = try run.json["facts"].array
    #expect(run.code == 2)
    #expect(facts.count > 100)
    #expect(facts.allSatisfy { $0["same"].isNull && $0["seen"].isNull })
    #expect(facts.first?["reason"].string?.hasPrefix("unshare") == true)
    #expect(facts.first?["expected"].string != nil)
  }

  @Test(arguments: [
    ["connect"], ["--set", "tcp_syn_retries=1"], ["--kernel", "6.1"], ["--option", "SO_KEEPALIVE"],
    ["--outage", "1s"], ["-6"],
  ])
  func `measure: the list is fixed`(arguments: [String]) throws {
    let run = try Run.tool(["measure", "--socket-facts"] + arguments)
    #expect(run.code == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains("fixed list"))
  }
}

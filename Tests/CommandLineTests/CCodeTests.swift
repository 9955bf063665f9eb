import Foundation
import TemporaryFolders
import Testing

/// What `emit c` prints compiles without a warning and does what the plan says.
@Suite(.enabled(if: Machine.hasCompiler, "no C compiler here"))
struct CCodeTests {
  private static let strict = ["-Wall", "-Wextra", "-Werror"]
  private static let dialects = [
    [], ["-std=gnu11"], ["-std=c11", "-D_GNU_SOURCE"], ["-std=c99"],
  ]

  private func emit(_ profiles: [String], into folder: TemporaryFolder) throws {
    let run = try Run.tool(
      ["emit", "c", "--kernel", "6.18", "-o", "emitted.c"]
        + profiles.flatMap { ["--profile", $0] }, in: folder.path)
    #expect(run.code == 0)
    #expect(run.complaint == "")
  }

  private func compile(_ arguments: [String], in folder: TemporaryFolder) throws {
    let compiler = try #require(Machine.program("cc"))
    let run = try Run([compiler] + Self.strict + arguments, in: folder.path)
    #expect(run.code == 0)
    #expect(run.complaint == "", "\(arguments)")
  }

  @Test(arguments: [
    ["server"], ["database-client"], ["reverse-proxy"], ["server", "database-client"],
    ["./listening.yaml"],
  ])
  func `emit c: the code of a profile compiles in every dialect`(profiles: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "listening.yaml",
      """
      schema: 1
      name: listening
      connections:
        - name: web-front
          direction: inbound
          objectives: { idle: { within: 5min, survive: 20s }, send: { within: 60s } }
        - { name: back.end, objectives: { connect: { within: 3s } } }
        - name: thin
          sets: { TCP_THIN_LINEAR_TIMEOUTS: 1, TCP_RTO_MIN_US: 50000, TCP_RTO_MAX_MS: 5000 }
          objectives: { send: { within: 60s } }

      """)
    try emit(profiles, into: folder)
    for dialect in Self.dialects {
      try compile(dialect + ["-c", "emitted.c", "-o", "emitted.o"], in: folder)
    }
  }

  @Test
  func `emit c: the code connects with its options, is refused, and keeps its deadline`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "quick.yaml",
      """
      schema: 1
      name: quick
      connections:
        - name: quick
          sets: { SO_KEEPALIVE: 1 }
          objectives:
            connect: { within: 700ms }
            idle: { within: 2min, survive: 15s }
            send: { within: 30s, survive: 10s }

      """)
    try emit(["./quick.yaml"], into: folder)
    let source = try #require(
      Bundle.module.path(forResource: "use", ofType: "c", inDirectory: "Fixtures"))
    try compile(
      ["-DUSE=tcpadvisor_connect_quick", "-I.", source, "-o", "use"], in: folder)
    let run = try Run(["\(folder.path)/use"])
    #expect(run.code == 0)
    let rows = run.output.split(separator: "\n").map { $0.split(separator: " ") }
    let said = Dictionary(rows.map { (String($0[0]), Int($0[1]) ?? -1) }) { $1 }

    let json = try Run.tool(
      "emit", "c", "--kernel", "6.18", "--profile", "./quick.yaml", "--json", in: folder.path
    ).json
    #expect(json["text"].string == (try folder.text("emitted.c")))
    let options = json["plan"]["socket_options"].array
    #expect(options.count == 4)
    for option in options {
      let name = try #require(option["option"].string)
      #expect(said[name] == option["value"].number.map { Int($0) }, "\(name)")
    }
    #expect(said["SO_KEEPALIVE"] == 1)
    #expect(said["written"] == 1)
    #expect(said["read"] == 1)
    #expect(said["closed"] == 1, "a closed port gives -ECONNREFUSED")
    #expect(said["silent"] == 1, "a silent one gives -ETIMEDOUT")
    #expect((700..<1500).contains(try #require(said["milliseconds"])))
    #expect(said["leaked"] == 0)
  }
}

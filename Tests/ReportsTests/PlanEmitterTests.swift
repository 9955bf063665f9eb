import Advisor
import Reports
import TCPModel
import Testing

/// What every target of `emit` keeps, from the list that the command line shows.
struct PlanEmitterTests {
  private static let names = PlanEmitters.all.map(\.name)

  private func emitter(_ name: String) throws -> any PlanEmitter {
    try #require(PlanEmitters[name])
  }

  private func samples() throws -> [PortablePlan] {
    [
      try .sample(.server), try .sample(.client), try .sample(.impossible),
      try .sample(.server, .client),
    ]
  }

  @Test(arguments: names)
  func `emit: the recorded text of each target`(name: String) throws {
    let emitter = try emitter(name)
    for plan in [try PortablePlan.sample(.server, .client), try .sample(.impossible)] {
      for file in emitter.files(for: plan) {
        try expectSnapshot(file.text, named: "targets/\(name)/\(file.name)")
      }
    }
  }

  @Test(arguments: names)
  func `emit: files are named as the list says, and say something`(name: String) throws {
    let emitter = try emitter(name)
    for plan in try samples() {
      let files = emitter.files(for: plan)
      #expect(files.map(\.name) == emitter.fileNames(for: plan.name))
      #expect(!files.isEmpty)
      for file in files {
        #expect(file.text.hasSuffix("\n"))
        #expect(!file.name.hasPrefix("/") && !file.name.contains(".."))
      }
    }
  }

  @Test(arguments: names)
  func `emit: comments are no wider than a screen`(name: String) throws {
    for plan in try samples() {
      for file in try emitter(name).files(for: plan) {
        let comments = file.text.split(separator: "\n").filter { $0.hasPrefix("# ") }
        #expect(comments.allSatisfy { $0.count <= 80 })
      }
    }
  }

  @Test func `emit: names of targets differ, and those of all their files`() {
    #expect(Set(Self.names).count == Self.names.count)
    let files = PlanEmitters.all.flatMap { $0.fileNames(for: "sample") }
    #expect(Set(files).count == files.count)
    #expect(PlanEmitters["no-such-target"] == nil)
  }
}

import Advisor
import InputFiles
import Reports
import TCPModel
import Testing

/// What every target of `emit` keeps, from the list that the command line shows.
struct PlanEmitterTests {
  private static let names = PlanEmitters.all.map(\.name)

  private func emitter(_ name: String) throws -> any PlanEmitter {
    try #require(PlanEmitters[name])
  }

  /// Made once: what programs do of a plan is simulated for each target.
  private static let made = Result { try Self.samples.map { try $0.emissions() } }
  private static let samples: [Sample] = [
    Sample([.server]), Sample([.client]), Sample([.impossible]), Sample([.server, .client]),
  ]

  private struct Sample {
    let profiles: [Profile]

    init(_ profiles: [Profile]) { self.profiles = profiles }

    func emissions() throws -> (name: String, emissions: [String: Emission]) {
      let plan = try PortablePlan.sample(profiles)
      let pairs = PlanEmitters.all.map { ($0.name, $0.emission(of: plan)) }
      return (plan.name, Dictionary(uniqueKeysWithValues: pairs))
    }
  }

  private func emissions(_ target: String) throws -> [(plan: String, emission: Emission)] {
    try Self.made.get().map { ($0.name, try #require($0.emissions[target])) }
  }

  @Test(arguments: names)
  func `emit: the recorded text of each target`(name: String) throws {
    for (_, emission) in try emissions(name).suffix(2) {
      for file in emission.files {
        try expectSnapshot(file.text, named: "targets/\(name)/\(file.name)")
      }
    }
  }

  @Test(arguments: names)
  func `emit: files are named as the list says, and say something`(name: String) throws {
    let emitter = try emitter(name)
    for (plan, emission) in try emissions(name) {
      let files = emission.files
      #expect(files.map(\.name) == emitter.fileNames(for: plan))
      #expect(!files.isEmpty)
      for file in files {
        #expect(file.text.hasSuffix("\n"))
        #expect(!file.name.hasPrefix("/") && !file.name.contains(".."))
      }
    }
  }

  @Test(arguments: names)
  func `emit: comments are no wider than a screen`(name: String) throws {
    for (_, emission) in try emissions(name) {
      for file in emission.files {
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

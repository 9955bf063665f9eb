import Advisor
import InputFiles
import TCPModel
import Testing

/// Files that others wrote, with more in them than anybody needs.
struct LimitTests {
  @Test func `limits: a path has at most a hundred middleboxes`() throws {
    func yaml(_ count: Int) -> String {
      let names = repeatElement("aws-nlb", count: count).joined(separator: ", ")
      return profile(
        "path: { middleboxes: [\(names)] }\nobjectives: { idle: { within: 15min } }\n")
    }
    #expect(failure(yaml(100)) == nil)
    let error = try #require(failure(yaml(101)))
    #expect(error.message == "a path has at most 100 middleboxes")
    #expect(error.location?.line == 3)
  }

  private static func rules(_ profiles: [String]) -> ProfileSource {
    let rules = profiles.map { "  - { hosts: [\"*\"], profiles: [\($0)] }\n" }.joined()
    return ProfileSource(file: "rules.yaml", bytes: Array("schema: 1\nrules:\n\(rules)".utf8))
  }

  @Test func `limits: a profile is read once, however many rules name it`() throws {
    let server = try BuiltInProfiles.profile(named: "server")
    var loads = 0
    let source = Self.rules([String](repeating: "server, mine", count: 5000))
    let rules = try FleetRulesReader.rules(from: source, otherwise: [server], [:]) { _ in
      loads += 1
      return server
    }
    #expect(loads == 2)
    #expect(rules.rules.count == 5000)
    #expect(rules.profiles.count == 2)
    #expect(rules.rules.allSatisfy { $0.profiles == 1 })
  }

  @Test func `limits: a fleet has at most a thousand sets of profiles`() throws {
    let server = try BuiltInProfiles.profile(named: "server")
    func read(_ count: Int) -> ProfileError? {
      do throws(ProfileError) {
        _ = try FleetRulesReader.rules(
          from: Self.rules((1...count).map { "p\($0)" }), otherwise: [server], [:]
        ) { (_) throws(ProfileError) in server }
        return nil
      } catch {
        return error
      }
    }
    #expect(read(1000) == nil)
    #expect(read(1001)?.message == "more than 1000 different sets of profiles")
    #expect(read(1001)?.location?.line == 1003)
  }
}

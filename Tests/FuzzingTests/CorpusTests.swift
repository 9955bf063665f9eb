import Foundation
import Fuzzing
import Testing

/// What fuzzing has found, and what it begins with: every input is tried in every run of the tests.
struct CorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Corpus")

  private static func inputs(of target: FuzzTarget) throws -> [URL] {
    let folder = corpus.appendingPathComponent(target.name)
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [])
      .sorted { $0.path < $1.path }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func `corpus: no input does harm`(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let inputs = try Self.inputs(of: target)
    #expect(!inputs.isEmpty)
    for input in inputs {
      let bytes = [UInt8](try Data(contentsOf: input))
      let start = Self.processorTime
      do {
        try target.run(on: bytes)
      } catch {
        Issue.record("\(name)/\(input.lastPathComponent): \(error)")
      }
      // What takes two seconds as it ships takes several times as long in tests, and more under a sanitizer.
      let time = Self.processorTime - start
      #expect(time < .seconds(60), "\(name)/\(input.lastPathComponent)")
    }
  }

  /// What this thread has taken: others run beside it.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  @Test func `corpus: every folder is of a target`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }
}

import Foundation
import TemporaryFolders
import Testing

/// What commands printed, to be looked at all at once.
final class HostileOutputs {
  private let folder: TemporaryFolder
  /// Where commands run: what they write by a name lies there.
  private let place: TemporaryFolder
  private var names: [String: [String]] = [:]

  init() throws { (folder, place) = (try TemporaryFolder(), try TemporaryFolder()) }

  /// Runs a command, and keeps what it prints and what it complains of.
  @discardableResult
  func run(
    _ words: [String], as format: String, input: String = "", wrapper: [String] = [],
    in folder: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) throws -> Run {
    let run = try Run.tool(
      words, input: input, wrapper: wrapper, in: folder ?? place.path)
    #expect(run.code < 128, "\(words): \(run.complaint)", sourceLocation: location)
    // What is refused is said as a text, or as JSON.
    let isAnswer = !run.output.hasPrefix("{\n  \"error\"")
    try keep(run.bytes.output, as: isAnswer ? format : "json", of: words)
    try keep(run.bytes.complaint, as: "text", of: words)
    return run
  }

  /// - Parameter words: what printed it.
  func keep(_ bytes: [UInt8], as format: String, of words: [String]) throws {
    let name = "\(names.count).\(format)"
    names[name] = words
    try folder.write(name, bytes: bytes)
  }

  /// Expects that nothing got through.
  func expectHarmless(_ location: SourceLocation = #_sourceLocation) throws {
    let run = try Run([EmittedTargets.python, Machine.fixture("hostile.py"), folder.path])
    #expect(run.code == 0, "\(run.complaint)", sourceLocation: location)
    for line in run.lines where !line.isEmpty {
      let name = String(line.prefix { $0 != ":" })
      Issue.record("\(line): \(names[name] ?? [])", sourceLocation: location)
    }
  }
}

import Foundation
import Testing

/// Compares a text with `Snapshots/<name>`; with RECORD_SNAPSHOTS=1 in the environment it becomes
/// the recorded one.
func expectSnapshot(
  _ text: String, named name: String, _ location: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "Snapshots/\(name) is missing; RECORD_SNAPSHOTS=1 records it", sourceLocation: location)
    return
  }
  guard recorded != text else { return }
  let (old, new) = (
    recorded.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false)
  )
  let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
  Issue.record(
    """
    Snapshots/\(name) differs from line \(line + 1) on:
    - \(line < old.count ? old[line] : "(end)")
    + \(line < new.count ? new[line] : "(end)")
    """, sourceLocation: location)
}

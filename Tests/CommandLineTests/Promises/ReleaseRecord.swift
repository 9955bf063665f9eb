import Foundation

/// What the last release promised, in files that a release renews (`make release-record`).
enum ReleaseRecord {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Released")

  static let isRenewed = ProcessInfo.processInfo.environment["RECORD_RELEASE"] == "1"

  /// Nil where there is none.
  static func text(_ file: String) -> String? {
    try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
  }

  static func write(_ text: String, to file: String) throws {
    let file = folder.appendingPathComponent(file)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  static func remove(_ file: String) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
  }

  static func files(in subfolder: String) -> [String] {
    let path = folder.appendingPathComponent(subfolder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The version of the tool that the record is of.
  static var version: String {
    (text("version.txt") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension ReleaseRecord {
  /// Writes what the tool promises today.
  static func renew(as version: String) throws {
    for kind in PromiseKind.all {
      try write(kind.form.text(of: kind.now(kind.released)), to: kind.file)
    }
    try SchemaRecord.renew()
    try write(version + "\n", to: "version.txt")
  }
}

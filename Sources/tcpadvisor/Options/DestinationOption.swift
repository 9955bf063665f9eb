import ArgumentParser
import Linux
import Reports

/// Where an answer goes: standard output, or a file.
struct DestinationOption: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to a file, whole or not at all. (default: -, standard output)", valueName: "file"),
    completion: .file())
  var output: String?

  /// The path of the file; nil is standard output.
  var path: String? { output == "-" ? nil : output }

  /// The files that it writes.
  var written: [String] { path.map { [$0] } ?? [] }

  /// Prints the parts of one answer that say something, each on lines of its own.
  func print(_ parts: [String], isPainted: Bool = false) throws {
    let parts = parts.filter { !$0.isEmpty }
    guard let path else { return parts.forEach { Console.print($0, isPainted: isPainted) } }
    let lines = parts.map { part in
      let part = isPainted ? part : part.printable
      return part.hasSuffix("\n") ? part : part + "\n"
    }
    try Self.write(lines.joined(), to: path)
  }

  /// Refuses `-`, which stands for standard output elsewhere, as the name of a folder.
  static func refuseStandardOutput(asFolder path: String?) throws {
    guard path != "-" else {
      throw UsageError("--output-dir -: files go to a folder; one called - is ./-")
    }
  }

  /// Writes a file whole or not at all.
  /// - Parameter makesFolders: whether folders that lead to it and are not there are made.
  static func write(_ text: String, to path: String, makingFolders makesFolders: Bool = false)
    throws
  {
    do throws(SystemCallError) {
      if makesFolders { try Folders.make(above: path) }
      try AtomicFile.write(Array(text.utf8), to: path)
    } catch {
      throw UsageError("cannot write \(path): \(error.code)")
    }
  }
}

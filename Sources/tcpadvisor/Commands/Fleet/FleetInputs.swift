import Advisor
import InputFiles
import Linux
import SysctlFiles
import TCPModel

/// What was captured of the hosts of a fleet: files, directories of them, and streams of one JSON object
/// a line.
final class FleetInputs {
  /// Where a host's name is taken from.
  enum Naming: String, CaseIterable { case capture, file }

  /// What is to be read.
  enum Item: Sendable {
    case file(String)
    case bytes([UInt8], source: String, name: String)
    case failure(source: String, reason: String)
  }

  enum Outcome: Sendable {
    case host(HostCapture)
    case failure(source: String, reason: String)
  }

  /// 16 MB for each host; refused before reading further.
  fileprivate static let sizeLimit = 16_000_000
  private static let mostFiles = 10_000_000
  private static let streams = [".jsonl", ".ndjson"]

  private var paths: ArraySlice<String>
  /// The files of a directory that was named.
  private var files: ArraySlice<String> = []
  private var waiting: [Item] = []
  private var stream: LineStream?
  private var place = (name: "", line: 0)

  init(_ paths: [String]) { self.paths = paths[...] }

  /// Returns what comes next; nil after the last.
  func next() -> Item? {
    while true {
      if let stream {
        if let item = nextLine(of: stream) { return item }
        self.stream = nil
      } else if let item = waiting.popLast() {
        return item
      } else if let path = files.popFirst() {
        guard Self.streams.contains(where: path.hasSuffix) else { return .file(path) }
        open(path)
      } else if let path = paths.popFirst() {
        if path != "-", FileTree.isDirectory(path) { enter(path) } else { open(path) }
      } else {
        return nil
      }
    }
  }

  private func enter(_ root: String) {
    let tree = FileTree(below: root, atMost: Self.mostFiles)
    files =
      tree.files.filter { path in
        // Editors and version control leave such files.
        path.split(separator: "/").last.map { !$0.hasPrefix(".") } ?? false
      }[...]
    waiting = tree.failures.map { .failure(source: $0.path, reason: "cannot be read: \($0.code)") }
    if files.isEmpty, waiting.isEmpty {
      waiting = [.failure(source: root, reason: "no file is in this directory")]
    }
  }

  /// A file whose first line is a JSON object by itself has one on each line.
  private func open(_ path: String) {
    let name = path == "-" ? "standard input" : path
    do throws(SystemCallError) {
      let stream = try LineStream(path: path, longest: Self.sizeLimit)
      let first = try stream.next() ?? []
      if Self.isObject(first) {
        (self.stream, place) = (stream, (name, 1))
        pending = first
      } else {
        let bytes = first + [UInt8(ascii: "\n")] + (try stream.rest())
        waiting = [.bytes(bytes, source: name, name: Self.hostName(of: name))]
      }
    } catch {
      waiting = [.failure(source: name, reason: Self.reason(for: error))]
    }
  }

  /// The first line of a stream, by which it was told to be one.
  private var pending: [UInt8]?

  private func nextLine(of stream: LineStream) -> Item? {
    do throws(SystemCallError) {
      while true {
        let first = pending
        pending = nil
        if first == nil { place.line += 1 }
        let read = if let first { first } else { try stream.next() }
        guard let line = read else { return nil }
        if line.allSatisfy(\.isBlank) { continue }
        let source = "\(place.name):\(place.line)"
        guard Self.isObject(line) else {
          return .failure(source: source, reason: Self.noObject)
        }
        return .bytes(line, source: source, name: source)
      }
    } catch {
      self.stream = nil
      return .failure(
        source: "\(place.name):\(place.line)", reason: Self.reason(for: error))
    }
  }

  fileprivate static let noObject = "no JSON object, as the first line of the stream is"

  fileprivate static func isObject(_ line: [UInt8]) -> Bool {
    let text = line[...].withoutByteOrderMark
    return text.first { !$0.isBlank } == UInt8(ascii: "{")
      && text.last { !$0.isBlank } == UInt8(ascii: "}")
  }

  /// `hosts/db1.json` is of db1.
  fileprivate static func hostName(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let endings = [".json", ".txt", ".sysctl", ".conf", ".log", ".out", ".dump"]
    return endings.first(where: file.hasSuffix).map { String(file.dropLast($0.count)) } ?? file
  }

  fileprivate static func reason(for error: SystemCallError) -> String {
    error.code == .fileTooLarge
      ? "larger than 16 MB, the limit for a host" : "cannot be read: \(error.code)"
  }
}

extension FleetInputs.Item {
  /// Reads it, on whichever thread.
  func outcomes(_ reader: HostCaptureReader, _ naming: FleetInputs.Naming) -> [FleetInputs.Outcome]
  {
    switch self {
    case .failure(let source, let reason): [.failure(source: source, reason: reason)]
    case .bytes(let bytes, let source, let name):
      [Self.outcome(bytes, source, name, reader, naming)]
    case .file(let path): Self.outcomes(ofFile: path, reader, naming)
    }
  }

  private static func outcomes(
    ofFile path: String, _ reader: HostCaptureReader, _ naming: FleetInputs.Naming
  ) -> [FleetInputs.Outcome] {
    let bytes: [UInt8]
    do throws(SystemCallError) {
      bytes = try NamedFile.bytes(of: path, limit: FleetInputs.sizeLimit, isWaiting: false)
    } catch {
      return [.failure(source: path, reason: FleetInputs.reason(for: error))]
    }
    let name = FleetInputs.hostName(of: path)
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      FleetInputs.isObject(Array(bytes[..<end]))
    else { return [outcome(bytes, path, name, reader, naming)] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let several = lines.count { !$0.isEmpty } > 1
    return lines.enumerated().filter { !$0.element.isEmpty }.map { index, line in
      let source = several ? "\(path):\(index + 1)" : path
      guard FleetInputs.isObject(Array(line)) else {
        return .failure(source: source, reason: FleetInputs.noObject)
      }
      return outcome(Array(line), source, several ? source : name, reader, naming)
    }
  }

  private static func outcome(
    _ bytes: [UInt8], _ source: String, _ name: String, _ reader: HostCaptureReader,
    _ naming: FleetInputs.Naming
  ) -> FleetInputs.Outcome {
    do throws(HostCaptureReader.Failure) {
      let capture = try reader.capture(of: bytes, source, called: name)
      return .host(naming == .file ? capture.named(name) : capture)
    } catch {
      return .failure(source: source, reason: error.message)
    }
  }
}

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

  /// What is to be judged.
  enum Item: Sendable {
    case bytes([UInt8], source: String, name: String)
    case outcome(Outcome)
  }

  enum Outcome: Sendable {
    case host(HostCapture)
    case failure(source: String, reason: String)
  }

  /// 16 MB for each host; refused before reading further.
  private static let sizeLimit = 16_000_000
  private static let mostFiles = 10_000_000

  /// What is left of it.
  private var inputs: ArraySlice<Input>
  private let names: CaptureNames
  private var stream: (lines: LineStream, name: String, line: Int)?

  private enum Input {
    /// Whether somebody named it, and did not only name a directory that it is in.
    case file(String, isNamed: Bool)
    case failure(source: String, reason: String)
  }

  init(_ paths: [String]) {
    let inputs = paths.flatMap { path in
      path != "-" && FileTree.isDirectory(path)
        ? Self.inputs(below: path) : [.file(path, isNamed: true)]
    }
    self.inputs = inputs[...]
    names = CaptureNames(
      of: inputs.compactMap { if case .file(let path, _) = $0, path != "-" { path } else { nil } })
  }

  private static func inputs(below root: String) -> [Input] {
    let tree = FileTree(below: root, atMost: mostFiles)
    let files = tree.files.filter { path in
      // Editors and version control leave such files.
      path.split(separator: "/").last.map { !$0.hasPrefix(".") } ?? false
    }
    if files.isEmpty, tree.failures.isEmpty {
      return [.failure(source: root, reason: "no file is in this directory")]
    }
    return tree.failures.map { .failure(source: $0.path, reason: "cannot be read: \($0.code)") }
      + files.map { .file($0, isNamed: false) }
  }

  /// Returns what comes next; nil after the last.
  func next() -> Item? {
    if let item = nextLine() { return item }
    return switch inputs.popFirst() {
    case .file(let path, let isNamed): open(path, isNamed)
    case .failure(let source, let reason): .outcome(.failure(source: source, reason: reason))
    case nil: nil
    }
  }

  /// A file whose first line is a JSON object by itself has one on each line.
  private func open(_ path: String, _ isNamed: Bool) -> Item {
    let name = InputFile(path: path).name
    do throws(SystemCallError) {
      let lines = try LineStream(path: path, longest: Self.sizeLimit, isWaiting: isNamed)
      let first = try lines.next() ?? []
      guard first.isObject else {
        let bytes = first + [UInt8(ascii: "\n")] + (try lines.rest())
        return .bytes(bytes, source: name, name: names.host(of: name))
      }
      if try lines.isOver() { return .bytes(first, source: name, name: names.host(of: name)) }
      stream = (lines, name, 1)
      return .bytes(first, source: "\(name):1", name: "\(name):1")
    } catch {
      return .outcome(.failure(source: name, reason: Self.reason(for: error)))
    }
  }

  private func nextLine() -> Item? {
    while var stream {
      stream.line += 1
      self.stream?.line += 1
      let source = "\(stream.name):\(stream.line)"
      do throws(SystemCallError) {
        guard let line = try stream.lines.next() else {
          self.stream = nil
          return nil
        }
        if line.allSatisfy(\.isBlank) { continue }
        return line.isObject
          ? .bytes(line, source: source, name: source)
          : .outcome(
            .failure(source: source, reason: "no JSON object, as the first line of the stream is"))
      } catch {
        // Behind a line that is too long others follow.
        if error.code != .fileTooLarge { self.stream = nil }
        return .outcome(.failure(source: source, reason: Self.reason(for: error)))
      }
    }
    return nil
  }

  private static func reason(for error: SystemCallError) -> String {
    switch error.code {
    case .fileTooLarge: "larger than 16 MB, the limit for a host"
    case .noData: "a pipe that nobody writes to"
    default: "cannot be read: \(error.code)"
    }
  }
}

extension FleetInputs.Item {
  /// Larger ones are judged one at a time: what they are read into takes several times their size.
  private static let largest = 1_000_000

  var isLarge: Bool {
    if case .bytes(let bytes, _, _) = self { bytes.count > Self.largest } else { false }
  }

  /// Makes of it what can be made.
  func outcome(_ reader: HostCaptureReader, _ naming: FleetInputs.Naming) -> FleetInputs.Outcome {
    switch self {
    case .outcome(let outcome): return outcome
    case .bytes(let bytes, let source, let name):
      do throws(HostCaptureReader.Failure) {
        let capture = try reader.capture(of: bytes, source, called: name)
        return .host(naming == .file ? capture.named(name) : capture)
      } catch {
        return .failure(source: source, reason: error.message)
      }
    }
  }
}

/// What files say of the names of hosts: `hosts/db1.json` is of db1, and so is `db1/facts.json` where all
/// files are called facts.
struct CaptureNames {
  private static let endings = [".json", ".txt", ".sysctl", ".conf", ".log", ".out", ".dump"]

  /// How many last parts all paths have in common.
  private let common: Int

  init(of paths: [String]) {
    let first = paths.first.map(Self.parts) ?? []
    var common = first.count
    for path in paths.dropFirst() {
      let pairs = zip(Self.parts(of: path).reversed(), first.reversed())
      common = min(common, Array(pairs.prefix { $0 == $1 }).count)
      if common == 0 { break }
    }
    self.common = common < first.count ? common : 0
  }

  func host(of path: String) -> String {
    Self.parts(of: path).dropLast(common).last ?? path
  }

  private static func parts(of path: String) -> [String] {
    var parts = path.split(separator: "/").map(String.init)
    if let file = parts.popLast() {
      parts.append(
        endings.first(where: file.hasSuffix).map { String(file.dropLast($0.count)) } ?? file)
    }
    return parts
  }
}

extension [UInt8] {
  fileprivate var isObject: Bool {
    let text = self[...].withoutByteOrderMark
    return text.first { !$0.isBlank } == UInt8(ascii: "{")
      && text.last { !$0.isBlank } == UInt8(ascii: "}")
  }
}

import Foundation
import Synchronization
import TemporaryFolders

/// The schemas that the tool publishes, and a validator of another project that knows them.
enum PublishedSchemas {
  struct Mismatch: Error, CustomStringConvertible { let description: String }

  /// Nil where no python3 can validate.
  private static let validator = Mutex(Python.canValidate ? Result { try Validator() } : nil)

  /// The names and ids of all, as the tool lists them.
  static var list: [(name: String, id: String)] {
    get throws {
      let list = try JSON(parsingOther: try Run.tool("schema", "--json").output)["schemas"]
      return list.array.map { ($0["name"].string ?? "", $0["id"].string ?? "") }
    }
  }

  static func text(of name: String) throws -> String { try Run.tool("schema", name).output }

  /// Throws what is wrong with a text that the tool printed.
  /// - Parameter name: that of its schema; nil is the one that the text names.
  static func validate(_ text: String, as name: String? = nil) throws {
    if let complaint = try complaint(about: text, as: name) {
      throw Mismatch(description: "\(complaint)\n\(text.prefix(2000))")
    }
  }

  /// Returns what is wrong with a text; nil if nothing is, or nobody can say.
  static func complaint(about text: String, as name: String? = nil) throws -> String? {
    try validator.withLock { try $0?.get().complaint(about: text, as: name) }
  }
}

/// A process that validates one text after the other.
private final class Validator {
  private let texts = Pipe(), complaints = Pipe()
  private let process = Process()
  private let folder: TemporaryFolder
  private let ids: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    let list = try PublishedSchemas.list
    ids = Dictionary(list.map { ($0.name, $0.id) }) { $1 }
    let schemas = try list.map { try PublishedSchemas.text(of: $0.name) }
    let file = try folder.write("schemas.json", "[\(schemas.joined(separator: ","))]")
    let words = Python.words(Machine.fixture("schemas.py"), file)
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    (process.standardInput, process.standardOutput) = (texts, complaints)
    // Else a program that a test starts would hold its input open.
    for pipe in [texts, complaints] {
      for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    try process.run()
  }

  func complaint(about text: String, as name: String?) throws -> String? {
    let id: Any = name.map { ids[$0] ?? $0 } ?? NSNull()
    let request = try JSONSerialization.data(withJSONObject: [id, text])
    try texts.fileHandleForWriting.write(contentsOf: request + Data("\n".utf8))
    var answer = Data()
    while answer.last != UInt8(ascii: "\n") {
      let part = complaints.fileHandleForReading.availableData
      if part.isEmpty { throw PublishedSchemas.Mismatch(description: "the validator has ended") }
      answer += part
    }
    return try JSONSerialization.jsonObject(with: answer, options: .fragmentsAllowed) as? String
  }
}

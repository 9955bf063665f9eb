import Foundation
import Glibc
import TemporaryFolders
import Testing

/// A program that was run: what it printed and how it ended.
struct Run {
  let output, complaint: String
  /// The same, which need not be UTF-8.
  let bytes: (output: [UInt8], complaint: [UInt8])
  let code: Int32

  /// Runs a program as a user does and waits for its end.
  /// - Parameters:
  ///   - words: the path of the program and its arguments.
  ///   - environment: nil is the one of the tests, without what changes what the tool prints.
  init(
    _ words: [String], input: String = "", environment: [String: String]? = nil,
    in folder: String? = nil
  ) throws {
    let files = try TemporaryFolder()
    // Files instead of pipes: nobody has to read while the program runs.
    let child = try Self.start(
      words, environment, in: folder,
      streams: [try files.write("0", input), try files.write("1", ""), try files.write("2", "")])
    var status: CInt = 0
    while waitpid(child, &status, 0) < 0 { try #require(errno == EINTR) }
    bytes = (try files.bytes("1"), try files.bytes("2"))
    output = String(decoding: bytes.output, as: UTF8.self)
    complaint = String(decoding: bytes.complaint, as: UTF8.self)
    let signal = status & 0x7f
    code = signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  /// Starts a program; Foundation's Process would spin while it waits for the end.
  static func start(
    _ words: [String], _ environment: [String: String]?, in folder: String?, streams: [String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The threads of tests block signals, and shells would wait for them for ever.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    for (number, path) in streams.enumerated() {
      posix_spawn_file_actions_addopen(&actions, CInt(number), path, O_RDWR, 0)
    }
    let change = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    let words = change + words
    var arguments = words.map { strdup($0) } + [nil]
    var variables = (environment ?? Self.environment).map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in arguments + variables { free(word) } }
    var child: pid_t = 0
    let program = try #require(words.first)
    try #require(
      posix_spawn(
        &child, program, &actions, &attributes, &arguments, &variables) == 0)
    return child
  }

  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment
      .filter { !["NO_COLOR", "COLUMNS"].contains($0.key) }
      .merging(["LC_ALL": "C.UTF-8"]) { $1 }
  }

  /// Runs tcpadvisor.
  /// - Parameter wrapper: what starts it, such as setpriv with its arguments.
  static func tool(
    _ arguments: String..., input: String = "", wrapper: [String] = [],
    environment: [String: String]? = nil, in folder: String? = nil
  ) throws -> Run {
    try tool(
      arguments, input: input, wrapper: wrapper, environment: environment, in: folder)
  }

  static func tool(
    _ arguments: [String], input: String = "", wrapper: [String] = [],
    environment: [String: String]? = nil, in folder: String? = nil
  ) throws -> Run {
    let executable = wrapper.isEmpty ? Machine.executable : Machine.sharedExecutable
    return try Run(
      wrapper + [executable] + arguments, input: input, environment: environment, in: folder)
  }

  /// Runs a script with sh; `"$@"` are the arguments.
  static func shell(_ script: String, _ arguments: String..., in folder: String? = nil) throws
    -> Run
  {
    try Run(["/bin/sh", "-c", script, "sh"] + arguments, in: folder)
  }

  /// The one JSON object that was printed, as its schema says it is.
  var json: JSON {
    get throws { try JSON(parsing: output) }
  }

  /// The same of what has no schema of the tool's own.
  var otherJSON: JSON {
    get throws { try JSON(parsingOther: output) }
  }

  var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// A parsed JSON value, read by names that need not be there.
struct JSON {
  private let value: Any?

  init(_ value: Any?) { self.value = value }

  /// Parses what the tool printed, and holds it against its published schema.
  /// - Parameter schema: the name of the schema; nil is the one that the text names.
  init(parsing text: String, as schema: String? = nil) throws {
    try PublishedSchemas.validate(text, as: schema)
    try self.init(parsingOther: text)
  }

  /// Parses what has no published schema, such as a report in a format of others.
  init(parsingOther text: String) throws {
    self.init(try JSONSerialization.jsonObject(with: Data(text.utf8)))
  }

  subscript(name: String) -> JSON { JSON((value as? [String: Any])?[name]) }
  subscript(index: Int) -> JSON { index < array.count ? array[index] : JSON(nil) }

  var array: [JSON] { (value as? [Any])?.map { JSON($0) } ?? [] }
  var string: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var bool: Bool? { value as? Bool }
  var isNull: Bool { value is NSNull }
  /// Whether it is there at all, if only as null.
  var isPresent: Bool { value != nil }
  /// As it is written, names sorted.
  var text: String {
    let data = value.flatMap {
      try? JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys, .fragmentsAllowed])
    }
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
  var names: Set<String> { Set((value as? [String: Any])?.keys.map { $0 } ?? []) }
}

import Advisor
import InputFiles
import TCPModel
import Testing

/// What a known program was told about its connections, and what they have for it.
struct ProgramRow {
  /// The name of its entry in the catalogue of programs.
  let entry: String
  let end: ProgramEnd
  /// Nothing where it was left with its defaults.
  let told: SocketOptions
  /// Nil where that is what it sets by itself, with what it was told on top.
  let has: SocketOptions?

  init(
    _ entry: String, _ end: ProgramEnd, told: [SocketOption: Int] = [:],
    has: [SocketOption: Int]? = nil
  ) {
    (self.entry, self.end) = (entry, end)
    (self.told, self.has) = (SocketOptions(told), has.map { SocketOptions($0) })
  }

  /// What a socket has; programs that are told to keep nothing alive leave the times alone.
  fileprivate func expected(of program: KnownProgram) -> SocketOptions {
    if let has { return has }
    if told[.keepalive] == 0 { return SocketOptions() }
    return program.sets.overridden(by: told)
  }
}

extension ProgramScene {
  /// Expects the sockets of known programs to have what the catalogue and the configuration say, no
  /// more and no less, and those that keep nothing alive to be told how to by the right entry.
  func expect(_ rows: [ProgramRow]) throws {
    let known = try ProfileReader.knownPrograms()
    var advised: Set<String> = []
    for (end, rows) in Dictionary(grouping: rows, by: \.end) {
      let program = try #require(known.first { $0.name == rows[0].entry }, "\(rows[0].entry)")
      let expected = rows.map { $0.expected(of: program) }
      #expect(
        options(of: program.processes, end) == expected.map(\.line).sorted(),
        "\(program.name), \(end)")
      for option in rows.flatMap(\.told.values.keys) {
        let isTold = program.canSet?.contains(option) ?? true
        let isLinked = program.keepaliveLink?.sources[option] != nil
        #expect(isTold || isLinked, "\(program.name), \(option.name)")
      }
      guard let arrow = end.arrow, expected.contains(where: { $0[.keepalive] == nil }) else {
        continue
      }
      advised.insert("\(program.processes[0]) \(arrow) (\(program.name))")
    }
    #expect(titles == advised, "\(advice)")
  }

  /// The programs that the report advises, and by which entries: `nginx ← (nginx-client)`.
  private var titles: Set<String> {
    let matches = advice.matches(of: /(\S+) ([←→]) (?:port )?\S+ \(([a-z0-9-]+)\):/)
    return Set(matches.map { "\($0.1) \($0.2) (\($0.3))" })
  }
}

extension ProgramEnd {
  /// How reports show who connects to whom; nil for a listener.
  fileprivate var arrow: String? {
    switch self {
    case .listener: nil
    case .inbound: "←"
    case .outbound: "→"
    }
  }
}

extension SocketOptions {
  fileprivate var line: String {
    sorted.map { "\($0.option.name)=\($0.value)" }.sorted().joined(separator: " ")
  }
}

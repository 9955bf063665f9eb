import Advisor
import TCPModel

extension KnownProgram {
  /// The programs that a profile knows.
  struct Catalogue {
    /// In the order in which they are written.
    let programs: [KnownProgram]
    fileprivate let nodes: [String: Node]
  }

  /// Reads what is known of programs, each of them, so that no mistake in one goes unnoticed.
  static func catalogue(_ node: Node?) throws(ProfileError) -> Catalogue {
    guard let node else { return Catalogue(programs: [], nodes: [:]) }
    guard case .map(let entries) = node.content else {
      throw ProfileError("“software” is a map from names to what is known of each", at: node.mark)
    }
    var programs: [KnownProgram] = []
    var nodes: [String: Node] = [:]
    for entry in entries {
      guard Node.isName(entry.key) else {
        throw ProfileError("\(quoted(entry.key)) is no name of a program", at: entry.mark)
      }
      guard !entry.value.isNull else { continue }
      let fields = try FieldReader(entry.value, of: "“\(entry.key)”", known: ProfileFormat.program)
      programs.append(try KnownProgram(entry.key, fields))
      nodes[entry.key] = entry.value
    }
    return Catalogue(programs: programs, nodes: nodes)
  }

  private init(_ name: String, _ fields: FieldReader) throws(ProfileError) {
    self.init(name)
    summary = try fields.text("summary")
    processes = try fields.texts("processes")
    direction = try fields["direction"]?.choice(of: "direction") ?? .outbound
    sets = try fields["sets"].map(SocketOptions.init) ?? SocketOptions()
    canSet = try fields["can_set"].map(SocketOption.list)
    hasSingleUserTimeout = try fields["single_user_timeout"]?.boolean() ?? false
    keepaliveLink = try fields["follows_keepidle"].map(KeepaliveLink.init)
    onlyLowers = try fields["only_lowers"]?.boolean() ?? false
    unusedLimit = try fields["closes_unused"].map(KnownProgram.UnusedLimit.init)
    knobs = try fields["knobs"].map(ProgramKnob.list) ?? []
    application = try fields["application"].map(ApplicationTimers.init) ?? ApplicationTimers()
    (notes, source) = (try fields.text("notes"), try fields.reasons().source)
    checkedOn = try fields["checked_on"].map { (node) throws(ProfileError) in try node.date() }
  }
}

extension KnownProgram.Catalogue {
  /// Returns what the program that a group names takes of options.
  func ranges(of group: ConnectionGroup) -> [SocketOption: ClosedRange<Int>] {
    programs.first { $0.name == group.software }?.ranges ?? [:]
  }

  /// Returns a group with what is known of the program it names; what it says itself wins.
  func laid(under group: Node) throws(ProfileError) -> Node {
    guard let named = group["software"], !named.isNull else { return group }
    let name = try named.text()
    guard let program = nodes[name] else {
      throw .unknown("program", name, among: nodes.keys.sorted(), at: named.mark)
    }
    let facts = program.entries.filter { ProfileFormat.programFields.contains($0.key) }
    return group.merged(over: Node(.map(facts), at: program.mark))
  }
}

extension KnownProgram.UnusedLimit {
  fileprivate init(_ node: Node) throws(ProfileError) {
    let fields = try FieldReader(node, of: "“closes_unused”", known: ProfileFormat.unused)
    _ = try fields.reasons()
    let after = try fields.required("after")
    let time = try after.duration()
    guard time > .zero else { throw ProfileError("“after” is more than 0s", at: after.mark) }
    self.init(try fields.required("name").text(), time)
  }
}

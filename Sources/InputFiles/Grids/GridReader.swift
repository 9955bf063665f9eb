package import Advisor
import NetAddress
import TCPModel

/// Makes a grid of settings to try from its YAML; every byte comes from the caller.
package enum GridReader {
  package static func grid(from source: ProfileSource) throws(ProfileError) -> Grid {
    let root = try Node.document(in: source)
    let fields = try FieldReader(root, of: "a grid", known: GridFormat.grid)
    _ = try fields.required("schema").integer(in: 1...1, called: "the schema")
    let list = try fields.required("cases")
    guard case .list(let nodes) = list.content, !nodes.isEmpty else {
      throw ProfileError("“cases” is a list of maps, each with a scenario", at: list.mark)
    }
    var rows: [Grid.Row] = []
    var count = 0
    for node in nodes {
      let row = try Grid.Row(node)
      count += row.count
      guard count <= Grid.mostCases else {
        throw ProfileError(
          "with this row the grid has more than \(Grid.mostCases) cases", at: node.mark)
      }
      rows.append(row)
    }
    return Grid(rows)
  }
}

/// The format of grids as tables.
private enum GridFormat {
  static let grid = RecordSchema(
    "grid",
    [
      Field("schema", .version, "The version of the format: 1."),
      Field("cases", .maps(row), "What to run; of each row every combination of what it lists."),
    ])

  static let row = RecordSchema(
    "row",
    [
      Field(
        "scenario", .list(.choice(Scenario.allCases.map(\.rawValue))), "One or several scenarios."),
      Field(
        "family", .list(.choice(AddressFamily.allCases.map(\.rawValue))),
        "ipv4 (the default), ipv6 or both."),
      Field("sysctls", .map(RecordSchema("sysctls", [])), "Sysctls with the values to try."),
      Field(
        "options", .map(options),
        "Socket options with the values to try; unset is one. idle has SO_KEEPALIVE unless it is"
          + " named."),
      Field(
        "segments", .list(.integer(0...1000)), "How many segments are in flight; 1 by default."),
      Field(
        "after_death", .list(.duration),
        "For zero-window: how long the window is closed before the peer dies; 0s by default."),
      Field("outage", .list(.duration), "How long the peer is silent; left out, for ever."),
    ])

  static let options = RecordSchema(
    "options",
    SocketOption.all.map { Field($0.name, .list(.integer($0.range)), $0.info.meaning) })
}

extension Grid.Row {
  fileprivate init(_ node: Node) throws(ProfileError) {
    let fields = try FieldReader(node, of: "a row of the grid", known: GridFormat.row)
    self.init(
      try fields.required("scenario").each { (item) throws(ProfileError) in
        try item.choice(of: "scenario", as: Scenario.self)
      })
    if let node = fields["family"] {
      families = try node.each { (item) throws(ProfileError) in try item.choice(of: "family") }
    }
    if let node = fields["sysctls"] { sysctls = try Self.sysctls(node) }
    if let node = fields["options"] { options = try Self.options(node) }
    if let node = fields["segments"] {
      try need(.segments, at: node)
      segments = try self.segments(node)
    }
    if let node = fields["after_death"] {
      try need(.receiverFate, at: node)
      afterDeath = try node.each { (item) throws(ProfileError) in try item.duration() }
    }
    if let node = fields["outage"] {
      try need(.outage, at: node)
      outages = try node.each { (item) throws(ProfileError) in try item.duration() }
    }
  }

  /// What no scenario of the row would look at is a mistake.
  private func need(_ detail: Experiment.Details, at node: Node) throws(ProfileError) {
    let fitting = Scenario.depending(on: detail)
    guard scenarios.contains(where: fitting.contains) else {
      let names = fitting.map(\.rawValue).joined(separator: ", ")
      throw ProfileError("this goes with \(names), of which the row has none", at: node.mark)
    }
  }

  private func segments(_ node: Node) throws(ProfileError) -> [Int] {
    let least = scenarios.map(\.definition.fewestSegments).max() ?? 1
    return try node.each { (item) throws(ProfileError) in
      try item.integer(in: least...1000, called: "the number of segments")
    }
  }

  private static func sysctls(_ node: Node) throws(ProfileError) -> [(SysctlKey, [Int])] {
    guard case .map(let entries) = node.content else {
      throw ProfileError("“sysctls” is a map from keys to values", at: node.mark)
    }
    var sysctls: [(SysctlKey, [Int])] = []
    for entry in entries {
      let sysctl = try Self.sysctl(entry)
      guard !sysctls.contains(where: { $0.0 == sysctl.key }) else {
        throw ProfileError("\(sysctl.key) stands twice", at: entry.mark)
      }
      let values = try entry.value.each { (item) throws(ProfileError) in
        try item.integer(
          in: sysctl.range ?? Int(Int32.min)...Int(Int32.max), called: "\(sysctl.key)")
      }
      sysctls.append((sysctl.key, values))
    }
    return sysctls
  }

  /// Of the whole key, or of its last part where that says which one is meant.
  private static func sysctl(_ entry: Node.Entry) throws(ProfileError) -> Sysctl {
    let numbers = SysctlCatalog.all.filter { $0.kind == .number && $0.isPerNamespace }
    let named = numbers.filter { $0.key.rawValue == entry.key || $0.key.shortName == entry.key }
    if named.count == 1, let sysctl = named.first { return sysctl }
    guard named.isEmpty else {
      let keys = named.map(\.key.rawValue).joined(separator: " or ")
      throw ProfileError("“\(entry.key)” is not one sysctl but several: \(keys)", at: entry.mark)
    }
    let names = numbers.flatMap { [$0.key.rawValue, String($0.key.shortName)] }
    throw .unknown("sysctl that a grid can set", entry.key, among: names, at: entry.mark)
  }

  private static func options(_ node: Node) throws(ProfileError) -> [(SocketOption, [Int?])] {
    let fields = try FieldReader(
      node, of: "“options”", known: GridFormat.options, kind: "socket option")
    var options: [(SocketOption, [Int?])] = []
    for option in SocketOption.all {
      guard let node = fields[option.name] else { continue }
      let values = try node.each { (item) throws(ProfileError) -> Int? in
        try item.isUnset ? nil : item.integer(in: option.range, called: option.name)
      }
      options.append((option, values))
    }
    return options
  }
}

extension Node {
  /// Returns the items of a list that is not empty; one value stands for a list of one.
  fileprivate func each<Value>(_ read: (Node) throws(ProfileError) -> Value)
    throws(ProfileError) -> [Value]
  {
    let nodes = try items()
    guard !nodes.isEmpty else { throw ProfileError("a list of at least one is needed", at: mark) }
    return try nodes.map(read)
  }

  fileprivate var isUnset: Bool {
    if case .scalar("unset", _) = content { true } else { false }
  }
}

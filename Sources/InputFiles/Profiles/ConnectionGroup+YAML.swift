import Advisor
import TCPModel

extension ConnectionGroup {
  /// Returns the groups of a profile; without `connections` it is one, named like the profile.
  static func groups(
    of profile: FieldReader, named name: String
  ) throws(ProfileError) -> [ConnectionGroup] {
    let catalogue = Catalogue(
      middleboxes: try Middlebox.catalogue(profile["middleboxes"]),
      programs: try KnownProgram.catalogue(profile["software"]))
    // Read even where each group has its own, so that no mistake in them goes unnoticed.
    let only = try ConnectionGroup(
      profile, defaults: nil, name: name, match: Match(), catalogue: catalogue,
      withObjectives: profile["connections"] == nil)
    guard let connections = profile["connections"] else { return [only] }
    guard case .list(let nodes) = connections.content, !nodes.isEmpty else {
      throw ProfileError(
        "“connections” is a list of groups; leave it out where there is just one",
        at: connections.mark)
    }
    return try groups(nodes, defaults: profile, catalogue: catalogue)
  }

  private static func groups(
    _ nodes: [Node], defaults: FieldReader, catalogue: Catalogue
  ) throws(ProfileError) -> [ConnectionGroup] {
    var groups: [ConnectionGroup] = []
    var lines: [String: Int] = [:]
    for node in nodes {
      let node = try catalogue.programs.laid(under: node)
      let fields = try FieldReader(node, of: "a group of connections", known: ProfileFormat.group)
      _ = try fields.reasons()
      let name = try fields.required("name")
      var group = try ConnectionGroup(
        fields, defaults: defaults, name: name.text(),
        match: fields["match"].map(Match.init) ?? Match(), catalogue: catalogue)
      group.ranges = catalogue.programs.ranges(of: group)
      if let line = lines.updateValue(group.location.line, forKey: group.name) {
        throw ProfileError(
          "two groups are called \(quoted(group.name)), the first in line \(line)", at: name.mark)
      }
      groups.append(group)
    }
    return groups
  }

  private init(
    _ fields: FieldReader, defaults: FieldReader?, name: String, match: Match,
    catalogue: Catalogue, withObjectives: Bool = true
  ) throws(ProfileError) {
    let levers = fields.overlaid("levers", over: defaults?["levers"])
    let path = fields.overlaid("path", over: defaults?["path"])
    let objectives = fields.overlaid("objectives", over: defaults?["objectives"])
    self.init(
      name: name, direction: try fields["direction"]?.choice(of: "direction") ?? .outbound,
      match: match, sets: try fields["sets"].map(SocketOptions.init) ?? SocketOptions(),
      canSet: try fields["can_set"].map(SocketOption.list), path: try Path(path),
      middleboxes: try Middlebox.list(in: path, of: catalogue.middleboxes),
      levers: try levers.map(Lever.set) ?? Set(Lever.allCases),
      objectives: withObjectives ? try objectives.map(Objective.all) ?? [] : [],
      location: fields.mark.location)
    application = try fields["application"].map(ApplicationTimers.init) ?? ApplicationTimers()
    hasSingleUserTimeout = try fields["single_user_timeout"]?.boolean() ?? false
    keepaliveLink = try fields["follows_keepidle"].map(KeepaliveLink.init)
    // Of a profile it is the catalogue.
    software = try defaults == nil ? nil : fields.text("software")
  }
}

/// What a profile knows of devices and programs.
private struct Catalogue {
  let middleboxes: [String: Middlebox]
  let programs: KnownProgram.Catalogue
}

extension SocketOptions {
  init(_ node: Node) throws(ProfileError) {
    self.init()
    let fields = try FieldReader(
      node, of: "“sets”", known: ProfileFormat.sets, kind: "socket option")
    _ = try fields.reasons()
    for option in SocketOption.all {
      guard let value = fields[option.name] else { continue }
      let unit = option.unit == .count || option.unit == .flag ? "" : " (\(option.unit.rawValue))"
      self[option] = try value.integer(in: option.range, called: option.name + unit)
    }
  }
}

extension SocketOption {
  static func list(_ node: Node) throws(ProfileError) -> [SocketOption] {
    try node.items().map { (item) throws(ProfileError) in try item.socketOption() }
  }
}

extension Lever {
  fileprivate static func set(_ node: Node) throws(ProfileError) -> Set<Lever> {
    Set(try node.items().map { (item) throws(ProfileError) in try item.choice(of: "lever") })
  }
}

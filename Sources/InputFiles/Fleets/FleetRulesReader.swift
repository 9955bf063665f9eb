package import Advisor
import FoundationEssentials
import TCPModel

/// Reads which profiles the hosts of a fleet are to meet, and in which groups they are.
package enum FleetRulesReader {
  /// - Parameters:
  ///   - usual: for hosts that no rule fits.
  ///   - groups: those of a file of their own, beside which the rules may name more.
  ///   - load: returns a profile by its name or path.
  package static func rules(
    from source: ProfileSource, otherwise usual: [Profile], _ groups: [String: [String]],
    loading load: (String) throws(ProfileError) -> Profile
  ) throws(ProfileError) -> FleetRules {
    let fields = try FieldReader(
      try Node.document(in: source), of: "rules of a fleet", known: FleetFormat.rules)
    _ = try fields.required("schema").integer(in: 1...1, called: "the schema")
    var all = groups
    if let node = fields["groups"] {
      all.merge(try Self.groups(in: node)) { $0 + $1 }
    }
    var sets = ProfileSets(usual)
    var rules: [FleetRules.Rule] = []
    for node in try fields.required("rules").items() {
      let fields = try FieldReader(node, of: "a rule", known: FleetFormat.rule)
      rules.append(
        FleetRules.Rule(
          hosts: try texts(fields["hosts"]).map { Glob($0.text) },
          groups: Set(try known(texts(fields["groups"]), among: all)),
          kernels: try fields["kernels"].map(kernels),
          profiles: try sets.place(of: fields.required("profiles"), of: node, loading: load)))
    }
    return FleetRules(sets.all, rules: rules, groups: HostGroups(all))
  }

  /// Reads groups: a YAML map from names to hosts, or what `ansible-inventory --list` prints.
  package static func groups(from source: ProfileSource) throws(ProfileError) -> [String: [String]]
  {
    let isObject = source.bytes.first { !$0.isBlank } == UInt8(ascii: "{")
    if isObject { return try AnsibleInventory(source).groups }
    return try groups(in: try Node.document(in: source))
  }

  private static func groups(in node: Node) throws(ProfileError) -> [String: [String]] {
    guard case .map(let entries) = node.content else {
      throw ProfileError("groups are a map from names to hosts", at: node.mark)
    }
    var groups: [String: [String]] = [:]
    for entry in entries { groups[entry.key] = try texts(entry.value).map(\.text) }
    return groups
  }

  private static func texts(_ node: Node?) throws(ProfileError) -> [(text: String, node: Node)] {
    guard let node else { return [] }
    return try node.items().map { (item) throws(ProfileError) in (try item.text(), item) }
  }

  private static func known(_ names: [(text: String, node: Node)], among groups: [String: [String]])
    throws(ProfileError) -> [String]
  {
    for (name, node) in names where groups[name] == nil {
      throw .unknown("group", name, among: groups.keys.sorted(), at: node.mark)
    }
    return names.map(\.text)
  }

  private static func kernels(_ node: Node) throws(ProfileError) -> ClosedRange<KernelVersion> {
    let text = try node.text()
    guard let dots = text.firstRange(of: "..") else {
      let release = try kernel(text, node)
      return release...release
    }
    let first = try kernel(String(text[..<dots.lowerBound]), node)
    let last = try kernel(String(text[dots.upperBound...]), node)
    guard first <= last else {
      throw ProfileError("the range of kernels ends before it begins", at: node.mark)
    }
    return first...last
  }

  private static func kernel(_ text: String, _ node: Node) throws(ProfileError) -> KernelVersion {
    guard let release = KernelVersion(text), release.isConceivable else {
      throw ProfileError(
        "\(quoted(text)) stands where a release such as 5.15, or a range such as 5.10..6.1, is needed",
        at: node.mark)
    }
    return release
  }
}

/// What `ansible-inventory --list` prints: an object for each group, with its hosts and the groups in
/// it.
private struct AnsibleInventory {
  private struct Group: Decodable {
    let hosts, children: [String]?

    init(from decoder: any Decoder) throws {
      // A group of an older inventory is a list of hosts.
      if let list = try? decoder.singleValueContainer().decode([String].self) {
        (hosts, children) = (list, nil)
        return
      }
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      hosts = try fields.decodeIfPresent([String].self, forKey: .hosts)
      children = try fields.decodeIfPresent([String].self, forKey: .children)
    }

    private enum CodingKeys: String, CodingKey { case hosts, children }
  }

  private let all: [String: Group]

  init(_ source: ProfileSource) throws(ProfileError) {
    do {
      all = try JSONDecoder().decode([String: Group].self, from: Data(source.bytes))
    } catch {
      throw ProfileError(
        "\(source.file): no inventory as `ansible-inventory --list` prints it, a JSON object of groups"
      )
    }
  }

  /// The hosts of each, those of the groups in it included; of `_meta` and of what stands for every
  /// host nothing.
  var groups: [String: [String]] {
    var groups: [String: [String]] = [:]
    for name in all.keys where !["_meta", "all", "ungrouped"].contains(name) {
      var (seen, hosts): (Set<String>, Set<String>) = ([], [])
      var rest = [name]
      while let next = rest.popLast() {
        guard seen.insert(next).inserted, let group = all[next] else { continue }
        hosts.formUnion(group.hosts ?? [])
        rest += group.children ?? []
      }
      groups[name] = hosts.sorted()
    }
    return groups
  }
}

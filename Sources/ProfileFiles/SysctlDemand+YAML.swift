import Advisor
import TCPModel

extension SysctlDemand {
  /// The demands of a profile, in the order of its keys.
  static func all(_ node: Node) throws(ProfileError) -> [SysctlDemand] {
    guard case .map(let entries) = node.content else {
      throw ProfileError("“sysctls” is a map from keys to demands", at: node.mark)
    }
    var demands: [SysctlDemand] = []
    for entry in entries {
      let key = try Self.key(entry)
      if !entry.value.isNull { demands += try Self.demands(on: key, entry.value) }
    }
    return demands
  }

  private static func key(_ entry: Node.Entry) throws(ProfileError) -> SysctlKey {
    let key = SysctlKey(entry.key)
    let isOfNetwork = ["net.", "net/"].contains { entry.key.hasPrefix($0) }
    if SysctlCatalog[key] != nil || (!isOfNetwork && isName(entry.key)) { return key }
    let known = SysctlCatalog.all.map(\.key)
    let namesake = known.first { $0.shortName == entry.key || $0.path == entry.key }
    if let namesake {
      throw ProfileError(
        "no sysctl is called \(quoted(entry.key))", at: entry.mark, nearest: namesake.rawValue)
    }
    throw .unknown("sysctl", entry.key, among: known.map(\.rawValue), at: entry.mark)
  }

  /// Whether a name could be a sysctl of some other part of the kernel, such as `vm.swappiness`.
  private static func isName(_ text: String) -> Bool {
    text.contains(".")
      && text.split(separator: ".", omittingEmptySubsequences: false)
        .allSatisfy { Node.isName($0.filter { !["/", ":", "_"].contains($0) }) }
  }

  private static func demands(
    on key: SysctlKey, _ node: Node
  ) throws(ProfileError) -> [SysctlDemand] {
    let fields = try Fields(node, of: "“\(key)”", known: ProfileFormat.demand)
    let (why, source) = try fields.reasons()
    let forms = try Self.forms(fields, on: key)
    return forms.map { SysctlDemand(key, $0.demand, why: why, source: source, place: $0.place) }
  }

  private static func forms(
    _ fields: Fields, on key: SysctlKey
  ) throws(ProfileError) -> [(demand: Demand, place: Place)] {
    switch (fields["value"], fields["at_least"], fields["at_most"], fields["keep"]) {
    case (let value?, nil, nil, nil):
      return [(.value(try setting(value, of: key)), value.mark.place)]
    case (nil, nil, nil, let keep?):
      guard try keep.boolean() else {
        throw ProfileError("“keep” is yes or left out", at: keep.mark)
      }
      return [(.keep, keep.mark.place)]
    case (nil, let least, let most, nil) where least != nil || most != nil:
      return try bounds(least, most, of: key)
    default:
      throw ProfileError(
        "“\(key)” needs one of value, keep, or at_least and at_most", at: fields.mark)
    }
  }

  private static func bounds(
    _ least: Node?, _ most: Node?, of key: SysctlKey
  ) throws(ProfileError) -> [(demand: Demand, place: Place)] {
    var bounds: [(demand: Demand, place: Place)] = []
    let lower = try least.map { (node) throws(ProfileError) in try numbers(node, of: key) }
    let upper = try most.map { (node) throws(ProfileError) in try numbers(node, of: key) }
    if let least, let lower { bounds.append((.atLeast(lower), least.mark.place)) }
    if let most, let upper { bounds.append((.atMost(upper), most.mark.place)) }
    if let least, let lower, let upper, zip(lower, upper).contains(where: >) {
      throw ProfileError("“at_least” is above “at_most”", at: least.mark)
    }
    return bounds
  }

  /// A value as `/proc` prints it.
  private static func setting(_ node: Node, of key: SysctlKey) throws(ProfileError) -> String {
    let definition = SysctlCatalog[key]
    // The kernel wants a list of ports with commas, and numbers with blanks.
    let isPorts = definition?.unit == .ports && definition?.kind == .text
    let written = try node.printed(separator: isPorts ? "," : " ")
    if let objection = definition?.objection(to: written) {
      throw ProfileError("\(key) cannot be \(quoted(written)): \(objection)", at: node.mark)
    }
    return Reading(parsing: written, for: definition).printed ?? written
  }

  private static func numbers(_ node: Node, of key: SysctlKey) throws(ProfileError) -> [Int] {
    let parts = try setting(node, of: key).split(separator: " ")
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, !numbers.isEmpty, SysctlCatalog[key]?.kind != .text else {
      throw ProfileError("\(key) has no order; only value and keep make sense", at: node.mark)
    }
    return numbers
  }
}

extension Node {
  /// One value, or the parts of a list, joined.
  fileprivate func printed(separator: String) throws(ProfileError) -> String {
    if case .scalar("", isPlain: false) = content { return "" }
    let parts = try items().map { (part) throws(ProfileError) in try part.text() }
    return parts.joined(separator: separator)
  }
}

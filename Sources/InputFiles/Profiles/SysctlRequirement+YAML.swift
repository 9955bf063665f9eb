import Advisor
import TCPModel

extension SysctlRequirement {
  /// Returns the demands of a profile, in the order of its keys.
  static func all(_ node: Node) throws(ProfileError) -> [SysctlRequirement] {
    guard case .map(let entries) = node.content else {
      throw ProfileError("“sysctls” is a map from keys to demands", at: node.mark)
    }
    var requirements: [SysctlRequirement] = []
    for entry in entries {
      let key = try Self.key(entry)
      if !entry.value.isNull { requirements += try Self.requirements(on: key, entry.value) }
    }
    return requirements
  }

  private static func key(_ entry: Node.Entry) throws(ProfileError) -> SysctlKey {
    let key = SysctlKey(entry.key)
    let isOfNetwork = ["net.", "net/"].contains { entry.key.hasPrefix($0) }
    if SysctlCatalog[key] != nil || (!isOfNetwork && isName(entry.key)) { return key }
    if let retired = RetiredSysctl(named: entry.key) {
      throw ProfileError(
        "\(quoted(entry.key)): \(retired.summary); \(retired.note)", at: entry.mark)
    }
    let known = SysctlCatalog.all.map(\.key)
    let namesake = known.first { $0.shortName == entry.key || $0.path == entry.key }
    if let namesake {
      throw ProfileError(
        "no sysctl is called \(quoted(entry.key))", at: entry.mark, nearest: namesake.rawValue)
    }
    throw .unknown("sysctl", entry.key, among: known.map(\.rawValue), at: entry.mark)
  }

  /// Returns whether a name could be a sysctl of some other part of the kernel, such as
  /// `vm.swappiness`.
  private static func isName(_ text: String) -> Bool {
    text.contains(".")
      && text.split(separator: ".", omittingEmptySubsequences: false)
        .allSatisfy { Node.isName($0.filter { !["/", ":", "_"].contains($0) }) }
  }

  private static func requirements(
    on key: SysctlKey, _ node: Node
  ) throws(ProfileError) -> [SysctlRequirement] {
    let fields = try FieldReader(node, of: "“\(key)”", known: ProfileFormat.requirement)
    let (why, source) = try fields.reasons()
    let forms = try Self.forms(fields, on: key)
    return forms.map {
      SysctlRequirement(key, $0.bound, why: why, source: source, location: $0.location)
    }
  }

  private static func forms(
    _ fields: FieldReader, on key: SysctlKey
  ) throws(ProfileError) -> [(bound: SysctlRequirement.Bound, location: FileLocation)] {
    switch (fields["value"], fields["at_least"], fields["at_most"], fields["keep"]) {
    case (let value?, nil, nil, nil):
      return [(.value(try setting(value, of: key)), value.mark.location)]
    case (nil, nil, nil, let keep?):
      guard try keep.boolean() else {
        throw ProfileError("“keep” is yes or left out", at: keep.mark)
      }
      return [(.keep, keep.mark.location)]
    case (nil, let least, let most, nil) where least != nil || most != nil:
      return try bounds(least, most, of: key)
    default:
      throw ProfileError(
        "“\(key)” needs one of value, keep, or at_least and at_most", at: fields.mark)
    }
  }

  private static func bounds(
    _ least: Node?, _ most: Node?, of key: SysctlKey
  ) throws(ProfileError) -> [(bound: SysctlRequirement.Bound, location: FileLocation)] {
    var bounds: [(bound: SysctlRequirement.Bound, location: FileLocation)] = []
    let lower = try least.map { (node) throws(ProfileError) in try numbers(node, of: key) }
    let upper = try most.map { (node) throws(ProfileError) in try numbers(node, of: key) }
    if let least, let lower { bounds.append((.atLeast(lower), least.mark.location)) }
    if let most, let upper { bounds.append((.atMost(upper), most.mark.location)) }
    if let least, let lower, let upper, zip(lower, upper).contains(where: >) {
      throw ProfileError("“at_least” is above “at_most”", at: least.mark)
    }
    return bounds
  }

  /// Returns what the kernel makes of a scalar or a list.
  private static func setting(_ node: Node, of key: SysctlKey) throws(ProfileError) -> SysctlValue {
    let definition = SysctlCatalog[key]
    // The kernel wants a list of ports with commas, and numbers with blanks.
    let isPorts = definition?.unit == .ports && definition?.kind == .text
    let written = try node.printed(separator: isPorts ? "," : " ")
    if let objection = definition?.objection(to: written) {
      throw ProfileError("\(key) cannot be \(quoted(written)): \(objection)", at: node.mark)
    }
    return SysctlReading(parsing: written, for: definition).value ?? .text(written)
  }

  private static func numbers(_ node: Node, of key: SysctlKey) throws(ProfileError) -> [Int] {
    let numbers = try setting(node, of: key).numbers
    guard !numbers.isEmpty else {
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

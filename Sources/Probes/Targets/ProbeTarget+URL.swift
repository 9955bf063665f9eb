import Linux

extension ProbeTarget {
  /// Returns what is wrong with a URL, a path behind a target, or the path of a file; nil if it is
  /// none.
  static func objectionToPath(_ text: String) -> Objection? {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, parts.count > 1 else { return nil }
    if first.isEmpty || first == "." || first == ".." {
      return Objection(reason: "this is a path; targets from a file are read with -f")
    }
    if parts.count > 2, first.hasSuffix(":"), parts[1].isEmpty {
      let instead = target(of: parts[2], scheme: String(first.dropLast()))
      return Objection(reason: "a URL is no target; write \(instead)")
    }
    guard isFollowedByPath(first, parts[1]) else { return nil }
    return Objection(reason: "a path is no part of a target; write \(first)")
  }

  /// Returns whether what follows the first slash cannot be the length of a block.
  private static func isFollowedByPath(_ first: String, _ next: String) -> Bool {
    guard let target = try? ProbeTarget(first) else { return false }
    if target.port != nil { return true }
    guard case .name = target.host else { return false }
    return next.first?.isNumber != true
  }

  /// Returns the target that the part of a URL behind `//` stands for.
  private static func target(of authority: String, scheme: String) -> String {
    let host = authority.split(separator: "@").last.map(String.init) ?? ""
    guard let target = try? ProbeTarget(host) else { return "HOST:PORT" }
    if target.port != nil { return host }
    return "\(host):\(HostNames.port(ofService: scheme) == nil ? "PORT" : scheme)"
  }
}

import Randomness

/// Trees of sysctl files about a few keys, in which every assignment has a value of its own.
package struct RandomTree {
  package static let keys = [
    "net/ipv4/tcp_keepalive_time", "net/ipv4/tcp_keepalive_intvl", "net/ipv4/tcp_retries2",
    "net/ipv4/conf/lo/tag", "net/ipv4/conf/all/tag", "net/ipv4/conf/eth0.7/tag",
  ]

  private static let names = [
    "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_retries2",
    "net/ipv4/tcp_keepalive_time", "net/ipv4/tcp_retries2", "net.ipv4.conf.lo.tag",
    "net.ipv4.conf.all.tag", "net.ipv4.conf.eth0/7.tag", "net/ipv4/conf/eth0.7/tag",
    "net.ipv4.nothing",
  ]

  private static let globs = [
    "net.ipv4.tcp_keepalive_*", "net/ipv4/tcp_keepalive_[it]*", "net.ipv4.tcp_keepalive_tim?",
    "net.ipv4.tcp_*retries2", "net.*.tcp_retries2", "net.ipv4.conf.*.tag", "net/ipv4/conf/*/tag",
    "net.ipv4.conf.eth*/7.tag", "net.ipv4.conf.[!a]*.tag", "net.ipv4.c*.lo.tag", "net.*.tag",
  ]

  private static let fileNames = [
    "00-a.conf", "10-b.conf", "50-x.conf", "60-t.conf", "99-z.conf", "B.conf", "é.conf",
    ".hidden.conf", "70-x.cnf",
  ]

  private static let folders = [
    "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
  ]

  private var dice: Dice
  private var value = 20

  // The numbers of neighbouring seeds are the same, one place apart.
  private init(seed: Int) { dice = Dice(seed: seed << 20) }

  package static func make(seed: Int) -> ConfigurationTree {
    var maker = RandomTree(seed: seed)
    return maker.tree()
  }

  private mutating func tree() -> ConfigurationTree {
    var tree = ConfigurationTree([:])
    for _ in 0..<2 + dice.next() % 7 {
      tree.nodes["\(pick(Self.folders))/\(pick(Self.fileNames))"] = node()
    }
    if dice.once(in: 2) { tree.nodes["/etc/sysctl.conf"] = .text(text()) }
    if dice.once(in: 3) { tree.nodes["/etc/sysctl.d/99-sysctl.conf"] = .link("/etc/sysctl.conf") }
    return tree
  }

  private mutating func node() -> ConfigurationTree.Node {
    if dice.once(in: 10) { return .link(dice.pick("/dev/null", "/nonexistent")) }
    return .text(text())
  }

  private mutating func text() -> String {
    let lines = (0..<dice.next() % 7).map { _ in line() + dice.pick("\n", "\n", "\n", "\r\n") }
    let text = lines.joined()
    return dice.once(in: 5) ? String(text.dropLast()) : text
  }

  private mutating func line() -> String {
    let name = pick(dice.once(in: 2) ? Self.names : Self.globs)
    switch dice.next() % 24 {
    case 0: return "# \(assignment(name))"
    case 1: return ";\(assignment(name))"
    case 2, 3: return "-\(name)"
    case 4: return "- \(name)"
    case 5: return "-\(assignment(name))"
    case 6: return "- \(assignment(name))"
    case 7: return "\(name) 5"
    case 8: return "\(name) = x"
    case 9: return "\(name) ="
    case 10: return "\(assignment(name))\r\(assignment(pick(Self.names)))"
    case 11: return "\(assignment(name))\0\(assignment(pick(Self.names)))"
    case 12: return "\u{FEFF}\(assignment(name))"
    case 13: return "sysctl -w \(assignment(name))"
    case 14: return "\t \(assignment(name)) # why"
    default: return assignment(name)
    }
  }

  /// Now and then with the value of the assignment before it.
  private mutating func assignment(_ name: String) -> String {
    if !dice.once(in: 4) { value += 1 }
    return name + dice.pick("=", " = ", "\t=  ") + "\(value)" + dice.pick("", "", " \t")
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts[Int(dice.next() % UInt64(texts.count))]
  }
}

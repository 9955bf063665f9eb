import Glibc
import Linux
import NamespaceTesting
import Testing

/// Rules of nftables in the network namespace of this thread.
enum Firewall {
  private static let program: String = {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    let files: [String] = folders.map { $0 + "/nft" }
    return files.first { access($0, X_OK) == 0 } ?? "nft"
  }()

  /// Whether nft is here and may make rules in a namespace of one's own; asked outside.
  static let isPossible = OwnNamespace.allows(
    [program, commands(.output, ["meta l4proto tcp reject with tcp reset"])])

  enum Hook: String { case input, output, forward }

  /// Adds rules; the namespace's end removes them.
  static func add(_ rules: [String], on hook: Hook) throws {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var nft = try ChildProcess(
      running: [program, commands(hook, rules)], input: input.readEnd, output: output.writeEnd)
    try #require(try nft.wait() == 0)
  }

  private static func commands(_ hook: Hook, _ rules: [String]) -> String {
    let frame = [
      "add table inet test",
      "add chain inet test \(hook) { type filter hook \(hook) priority 0; }",
    ]
    return (frame + rules.map { "add rule inet test \(hook) \($0)" }).joined(separator: "; ")
  }
}

/// A way nft has to reject, and what the kernel makes of it.
struct Reject: Sendable, CustomStringConvertible {
  var isV6 = false
  /// Of nft.
  var name: String
  /// Of the ICMP message; nil is a RST.
  var type, code: UInt8?
  /// What connect comes to.
  var errno: String

  var description: String { name }

  /// The rule for one port.
  func rule(port: UInt16) -> String {
    "meta nfproto ipv\(isV6 ? 6 : 4) tcp dport \(port) reject with \(name)"
  }

  private static func v4(_ name: String, _ code: UInt8, _ errno: String) -> Reject {
    Reject(name: "icmp type \(name)", type: 3, code: code, errno: errno)
  }

  private static func v6(_ name: String, _ code: UInt8, _ errno: String) -> Reject {
    Reject(isV6: true, name: "icmpv6 type \(name)", type: 1, code: code, errno: errno)
  }

  /// Errno by `icmp_err_convert` and `icmpv6_err_convert`.
  static let all = [
    v4("net-unreachable", 0, "ENETUNREACH"), v4("host-unreachable", 1, "EHOSTUNREACH"),
    v4("prot-unreachable", 2, "ENOPROTOOPT"), v4("port-unreachable", 3, "ECONNREFUSED"),
    v4("net-prohibited", 9, "ENETUNREACH"), v4("host-prohibited", 10, "EHOSTUNREACH"),
    v4("admin-prohibited", 13, "EHOSTUNREACH"), v6("no-route", 0, "ENETUNREACH"),
    v6("admin-prohibited", 1, "EACCES"), v6("addr-unreachable", 3, "EHOSTUNREACH"),
    v6("port-unreachable", 4, "ECONNREFUSED"), v6("policy-fail", 5, "EACCES"),
    v6("reject-route", 6, "EACCES"), Reject(name: "tcp reset", errno: "ECONNREFUSED"),
    Reject(isV6: true, name: "tcp reset", errno: "ECONNREFUSED"),
  ]
}

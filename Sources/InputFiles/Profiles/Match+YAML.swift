import Advisor
import NetAddress
import TCPModel

extension ConnectionGroup.Match {
  init(_ node: Node) throws(ProfileError) {
    self.init()
    let fields = try FieldReader(node, of: "“match”", known: ProfileFormat.match)
    _ = try fields.reasons()
    process = try fields.text("process").map { Glob($0) }
    user = try fields["user"].map(User.init)
    state = try fields["state"].map(TCPState.init)
    localPort = try fields["local_port"].map(Self.port)
    remote = try fields["remote"].map(Remote.init)
    remotePort = try fields["remote_port"].map(Self.port)
    if state == .listen, isOfRemote {
      throw ProfileError(
        "“match” admits nothing: a socket that listens has no other side", at: node.mark)
    }
  }

  private static func port(_ node: Node) throws(ProfileError) -> UInt16 {
    UInt16(try node.integer(in: ProfileFormat.ports, called: "a port"))
  }
}

extension ConnectionGroup.Match.User {
  /// What no user is called: passwd(5) separates by colons, and only `process` is a pattern.
  private static let foreign: Set<Character> = [":", "/", " ", "*", "?", "[", ","]

  /// A number is a user ID, of which the kernel keeps the last for “nobody in particular”.
  fileprivate init(_ node: Node) throws(ProfileError) {
    let text = try node.text()
    let rest = text.drop { $0 == "+" || $0 == "-" }
    if !rest.isEmpty, rest.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      self = .id(UInt32(try node.integer(in: ProfileFormat.users, called: "a user ID")))
    } else if rest.count < text.count || text.contains(where: Self.foreign.contains) {
      throw ProfileError("no user can be called \(quoted(text))", at: node.mark)
    } else {
      self = .name(text)
    }
  }
}

extension TCPState {
  fileprivate init(_ node: Node) throws(ProfileError) {
    let text = try node.text()
    guard let state = TCPState(named: text) else {
      throw .unknown("state of a connection", text, among: ProfileFormat.states, at: node.mark)
    }
    self = state
  }
}

extension ConnectionGroup.Match.Remote {
  fileprivate init(_ node: Node) throws(ProfileError) {
    let text = try node.text()
    guard let prefix = IPPrefix(text) ?? IPAddress(text).map({ IPPrefix($0) }) else {
      throw ProfileError(Self.objection(to: text), at: node.mark)
    }
    guard prefix == prefix.network else {
      throw ProfileError(
        "\(quoted(text)) is an address inside a network: write \(prefix.network) for the network, "
          + "or \(prefix.address) for the address alone", at: node.mark)
    }
    self.init(prefix, writtenAs: text)
  }

  private static func objection(to text: String) -> String {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(parts[0]) else {
      return "\(quoted(text)) stands where an address, or a network such as 10.0.0.0/8, is needed"
    }
    return "the prefix length of \(quoted(text)) may be 0 to \(address.family.byteCount * 8)"
  }
}

package import Linux

/// What a user wants to connect to.
package struct ProbeTarget: Equatable, Sendable {
  package enum Host: Equatable, Sendable {
    case address(IPAddress, scope: UInt32)
    case block(IPPrefix)
    case name(String)
  }

  package let host: Host
  /// Nil takes those that are given for all.
  package let port: UInt16?

  /// Reads `host:port`, `[v6]:port`, an address, a block such as `10.1.0.0/24` or a name.
  package init(_ text: some StringProtocol) throws(Objection) {
    let (host, port) = try Self.parts(of: String(text))
    self.host = try Self.host(host)
    self.port = try port.map { (text) throws(Objection) in try Self.port(text) }
  }

  /// Why a text is no target.
  package struct Objection: Error, Equatable, Sendable {
    package let reason: String
    package init(reason: String) { self.reason = reason }
  }

  private static func parts(of text: String) throws(Objection) -> (host: String, port: String?) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else {
        throw Objection(reason: "the bracket before the IPv6 address is never closed")
      }
      let host = String(text[text.index(after: text.startIndex)..<end])
      guard host.contains(":") else {
        throw Objection(reason: "only an IPv6 address stands in brackets")
      }
      let rest = text[text.index(after: end)...]
      if rest.isEmpty { return (host, nil) }
      guard rest.hasPrefix(":") else {
        throw Objection(reason: "behind the bracket “:” and a port are expected")
      }
      return (host, String(rest.dropFirst()))
    }
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    // Several are an IPv6 address, which needs brackets where a port follows.
    guard colons == 1, let colon = text.firstIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private static func host(_ text: String) throws(Objection) -> Host {
    if text.contains("/") {
      guard let block = IPPrefix(text) else {
        throw Objection(reason: "“\(text)” is no block of addresses such as 10.1.0.0/24")
      }
      return .block(block)
    }
    let parts = text.split(separator: "%", maxSplits: 1).map(String.init)
    if let address = IPAddress(parts.first ?? "") {
      guard parts.count == 2 else { return .address(address, scope: 0) }
      guard address.family == .v6 else {
        throw Objection(reason: "only an IPv6 address has a zone behind “%”")
      }
      guard let scope = HostNames.scope(ofInterface: parts[1]) else {
        throw Objection(reason: "“\(parts[1])” is no interface of this host")
      }
      return .address(address, scope: scope)
    }
    if text.contains(":") { throw Objection(reason: "“\(text)” is no IPv6 address") }
    guard !text.isEmpty else { throw Objection(reason: "an address or a name is missing") }
    // All digits and dots: a mistyped address, which resolvers take for something else.
    guard !text.allSatisfy({ $0.isNumber || $0 == "." }) else {
      throw Objection(reason: "“\(text)” is no IPv4 address")
    }
    guard text.utf8.count <= 253, text.utf8.allSatisfy(Self.isOfName) else {
      throw Objection(reason: "“\(text.prefix(80))” is neither an address nor a name")
    }
    return .name(text)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), 0x80...:
      true
    default: false
    }
  }

  /// A number or the name of a service.
  package static func port(_ text: String) throws(Objection) -> UInt16 {
    if let number = UInt16(text), number > 0, text.allSatisfy(\.isNumber) { return number }
    if text.isEmpty { throw Objection(reason: "behind “:” a port is missing") }
    guard !text.allSatisfy({ $0.isNumber || $0 == "-" }) else {
      throw Objection(reason: "\(text) is no port; there are 1 to 65535")
    }
    guard let port = HostNames.port(ofService: text) else {
      throw Objection(reason: "no service is called “\(text.prefix(80))” here")
    }
    return port
  }

  /// How many addresses it has; a name counts as one.
  package var addresses: UInt64 {
    if case .block(let block) = host { block.count } else { 1 }
  }
}

import Linux
package import NetAddress

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
    let text = String(text)
    if let objection = Self.objectionToPath(text) { throw objection }
    let (host, port) = try Self.parts(of: text)
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
        let example = text.contains(":") ? "fd00::/120, or [fd00::/120]:443" : "10.1.0.0/24"
        throw Objection(reason: "“\(text)” is no block of addresses such as \(example)")
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
    if let reason = HostName.objection(to: text) { throw Objection(reason: reason) }
    return .name(text)
  }

  /// Returns one of its addresses, counted from zero; nil for a name.
  package func address(_ number: UInt64, port: UInt16) -> Endpoint? {
    switch host {
    case .address(let address, let scope): Endpoint(address, port: port, scope: scope)
    case .block(let block): Endpoint(block.address(at: number), port: port)
    case .name: nil
    }
  }

  /// How many addresses it has; a name counts as one.
  package var addresses: UInt64 {
    if case .block(let block) = host { block.count } else { 1 }
  }

  /// Their number, which may be more than a number can hold.
  var addressesText: String {
    guard case .block(let block) = host, block.count > 1 << 32 else { return "\(addresses)" }
    return "2^\(block.address.bytes.count * 8 - Int(block.length))"
  }

  /// The family of its addresses; nil for a name, which may have both.
  package var family: AddressFamily? {
    switch host {
    case .address(let address, _): address.family
    case .block(let block): block.address.family
    case .name: nil
    }
  }
}

package import NetAddress

/// An ICMP message about a connection, from the socket's error queue.
package struct ICMPReport: Hashable, Sendable {
  package var isV6: Bool
  package var type, code: UInt8
  /// The address of the sender; nil if the kernel does not report it.
  package var sender: IPAddress?
  /// Whether this host sent it to itself, as it does for a neighbour that does not answer
  /// (`arp_error_report`, `ndisc_error_report`), and as its firewall does for what leaves.
  package var isOwn: Bool

  package init(isV6: Bool, type: UInt8, code: UInt8, sender: IPAddress?, isOwn: Bool) {
    (self.isV6, self.type, self.code) = (isV6, type, code)
    (self.sender, self.isOwn) = (sender, isOwn)
  }

  /// Whether the message says that nobody has the address.
  package var isUnreachableHost: Bool { isV6 ? type == 1 && code == 3 : type == 3 && code == 1 }

  /// What the message says; RFC 792, RFC 1812 5.2.7.1, RFC 4443.
  package var meaning: String {
    Self.meaning(isV6 ? Self.v6 : Self.v4, of: type, code)
      ?? "ICMP\(isV6 ? "v6" : "") type \(type) code \(code)"
  }

  private static func meaning(
    _ table: [(UInt8, UInt8?, StaticString)], of type: UInt8, _ code: UInt8
  ) -> String? {
    table.first { $0.0 == type && ($0.1 ?? code) == code }.map { "\($0.2)" }
  }

  /// Type, code (nil is any), words.
  private static let v4: [(UInt8, UInt8?, StaticString)] = [
    (3, 0, "net unreachable"), (3, 1, "host unreachable"), (3, 2, "protocol unreachable"),
    (3, 3, "port unreachable"), (3, 4, "fragmentation needed"), (3, 5, "source route failed"),
    (3, 6, "net unknown"), (3, 7, "host unknown"), (3, 8, "source host isolated"),
    (3, 9, "net prohibited"), (3, 10, "host prohibited"), (3, 11, "net unreachable for service"),
    (3, 12, "host unreachable for service"), (3, 13, "administratively filtered"),
    (3, 14, "host precedence violation"), (3, 15, "precedence cutoff"),
    (11, nil, "time exceeded"), (12, nil, "parameter problem"),
  ]
  private static let v6: [(UInt8, UInt8?, StaticString)] = [
    (1, 0, "no route"), (1, 1, "administratively prohibited"), (1, 2, "beyond scope"),
    (1, 3, "address unreachable"), (1, 4, "port unreachable"), (1, 5, "source address policy"),
    (1, 6, "reject route"), (3, nil, "time exceeded"), (4, nil, "parameter problem"),
  ]
}

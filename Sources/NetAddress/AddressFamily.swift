/// IPv4 or IPv6.
package enum AddressFamily: String, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  case v4 = "ipv4"
  case v6 = "ipv6"

  package var description: String { self == .v4 ? "IPv4" : "IPv6" }

  /// How many bytes an address has.
  package var byteCount: Int { self == .v4 ? 4 : 16 }
}

/// An IPv4 or IPv6 address with a port, and the interface of a link-local one.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  package var port: UInt16
  /// The number of the interface of a link-local IPv6 address; zero where it has none.
  package var scope: UInt32
  /// The name of that interface; nil until it has been looked up.
  package var zone: String?

  package init(_ address: IPAddress, port: UInt16, scope: UInt32 = 0, zone: String? = nil) {
    (self.address, self.port, self.scope, self.zone) = (address, port, scope, zone)
  }

  /// Returns nil for any other number of bytes than four or sixteen.
  package init?(bytes: ArraySlice<UInt8>, port: UInt16, scope: UInt32 = 0) {
    guard let address = IPAddress(bytes) else { return nil }
    self.init(address, port: port, scope: scope)
  }

  /// The same.
  package init?(bytes: [UInt8], port: UInt16, scope: UInt32 = 0) {
    self.init(bytes: bytes[...], port: port, scope: scope)
  }

  /// Interfaces differ where addresses are link-local alone.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(address)
    hasher.combine(port)
  }

  package var family: AddressFamily { address.family }
  /// Four or sixteen bytes, as on the wire.
  package var bytes: [UInt8] { address.bytes }
  /// The address without its port, for example `::1`.
  package var host: String { address.description }

  /// Returns 127.0.0.1 or ::1; port zero lets the kernel choose.
  package static func loopback(_ family: AddressFamily, port: UInt16 = 0) -> Endpoint {
    Endpoint(.loopback(family), port: port)
  }

  /// 0.0.0.0 or ::.
  package static func any(_ family: AddressFamily) -> Endpoint { Endpoint(.any(family), port: 0) }

  /// For example `127.0.0.1:80`, `[::1]:80` or `[fe80::1%eth0]:80`; an interface without a name is
  /// written as its number, `[fe80::1%2]:80`.
  package var description: String {
    if family == .v4 { return "\(host):\(port)" }
    return scope == 0 ? "[\(host)]:\(port)" : "[\(host)%\(zone ?? "\(scope)")]:\(port)"
  }
}

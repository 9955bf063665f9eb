import Glibc

/// An IPv4 or IPv6 address without a port.
package struct IPAddress: Equatable, Sendable, CustomStringConvertible {
  package let family: SocketAddress.Family
  /// Four or sixteen bytes, as on the wire.
  package let bytes: [UInt8]

  /// - Parameter bytes: four or sixteen; nil for any other number.
  package init?(_ bytes: [UInt8]) {
    guard let address = SocketAddress(bytes: bytes, port: 0) else { return nil }
    (family, self.bytes) = (address.family, bytes)
  }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    let family: SocketAddress.Family = text.contains(":") ? .v6 : .v4
    var bytes = [UInt8](repeating: 0, count: family == .v4 ? 4 : 16)
    guard inet_pton(family.number, text, &bytes) == 1 else { return nil }
    (self.family, self.bytes) = (family, bytes)
  }

  /// Of 127.0.0.0/8, or ::1: this host itself.
  package var isLoopback: Bool {
    family == .v4 ? bytes[0] == 127 : bytes == SocketAddress.loopback(.v6).bytes
  }

  package var description: String { SocketAddress(bytes: bytes, port: 0)?.host ?? "" }
}

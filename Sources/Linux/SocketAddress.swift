import Glibc

/// An IPv4 or IPv6 address with a port.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
  package enum Family: Hashable, Sendable, CustomStringConvertible {
    case v4, v6

    package var description: String { self == .v4 ? "IPv4" : "IPv6" }

    package var number: CInt { self == .v4 ? AF_INET : AF_INET6 }
  }

  package let family: Family
  /// Four or sixteen bytes, as on the wire.
  package let bytes: [UInt8]
  package var port: UInt16
  /// The interface of a link-local IPv6 address; zero where it has none.
  package var scope: UInt32 = 0

  /// - Parameter bytes: four or sixteen; nil for any other number.
  package init?(bytes: [UInt8], port: UInt16, scope: UInt32 = 0) {
    switch bytes.count {
    case 4: family = .v4
    case 16: family = .v6
    default: return nil
    }
    (self.bytes, self.port, self.scope) = (bytes, port, scope)
  }

  private init(_ family: Family, _ bytes: [UInt8], port: UInt16) {
    (self.family, self.bytes, self.port) = (family, bytes, port)
  }

  /// 127.0.0.1 or ::1; port zero lets the kernel choose.
  package static func loopback(_ family: Family, port: UInt16 = 0) -> SocketAddress {
    switch family {
    case .v4: SocketAddress(.v4, [127, 0, 0, 1], port: port)
    case .v6: SocketAddress(.v6, [UInt8](repeating: 0, count: 15) + [1], port: port)
    }
  }

  /// 0.0.0.0 or ::.
  package static func any(_ family: Family) -> SocketAddress {
    SocketAddress(family, [UInt8](repeating: 0, count: family == .v4 ? 4 : 16), port: 0)
  }

  package init(_ address: IPAddress, port: UInt16, scope: UInt32 = 0) {
    (family, bytes) = (address.family, address.bytes)
    (self.port, self.scope) = (port, scope)
  }

  /// The address without its port, for example `::1`.
  package var host: String {
    var text = [UInt8](repeating: 0, count: 64)
    text.withUnsafeMutableBytes { buffer in
      let characters = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = bytes.withUnsafeBytes {
        inet_ntop(family.number, $0.baseAddress, characters, socklen_t(buffer.count))
      }
    }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// For example `127.0.0.1:80`, `[::1]:80` or, of an interface known by its number, `[fe80::1%2]:80`.
  package var description: String { text(zone: "\(scope)") }

  /// The same with the interface's name in this namespace, such as `[fe80::1%eth0]:80`.
  package var descriptionHere: String {
    scope == 0 ? description : text(zone: HostNames.interface(scope) ?? "\(scope)")
  }

  private func text(zone: String) -> String {
    if family == .v4 { return "\(host):\(port)" }
    return scope == 0 ? "[\(host)]:\(port)" : "[\(host)%\(zone)]:\(port)"
  }
}

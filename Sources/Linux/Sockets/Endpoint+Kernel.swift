import Glibc
package import NetAddress

extension AddressFamily {
  /// `AF_INET` or `AF_INET6`.
  package var number: CInt { self == .v4 ? AF_INET : AF_INET6 }
}

extension Endpoint {
  /// The same endpoint with the name that its interface has in this namespace.
  package var withZone: Endpoint {
    Endpoint(address, port: port, scope: scope, zone: scope == 0 ? nil : HostNames.interface(scope))
  }

  /// Calls `body` with the address as a `sockaddr`.
  func withKernelAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var storage = sockaddr_storage()
    return withUnsafeMutableBytes(of: &storage) { raw in
      let length: Int
      switch family {
      case .v4:
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes) }
        length = MemoryLayout<sockaddr_in>.size
        raw.storeBytes(of: address, as: sockaddr_in.self)
      case .v6:
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_scope_id = scope
        withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes) }
        length = MemoryLayout<sockaddr_in6>.size
        raw.storeBytes(of: address, as: sockaddr_in6.self)
      }
      return raw.withMemoryRebound(to: sockaddr.self) { rebound in
        // A sockaddr_storage is never empty.
        guard let start = rebound.baseAddress else { preconditionFailure("an empty sockaddr") }
        return body(start, socklen_t(length))
      }
    }
  }

  /// Reads what the kernel filled in; nil if it is neither IPv4 nor IPv6, or short.
  init?(_ storage: sockaddr_storage, length: socklen_t) {
    let family = CInt(storage.ss_family)
    let made: Endpoint? = withUnsafeBytes(of: storage) { raw in
      if family == AF_INET, Int(length) >= MemoryLayout<sockaddr_in>.size {
        let address = raw.load(as: sockaddr_in.self)
        let bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
        return Endpoint(bytes: bytes, port: UInt16(bigEndian: address.sin_port))
      }
      if family == AF_INET6, Int(length) >= MemoryLayout<sockaddr_in6>.size {
        let address = raw.load(as: sockaddr_in6.self)
        let bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        return Endpoint(
          bytes: bytes, port: UInt16(bigEndian: address.sin6_port), scope: address.sin6_scope_id)
      }
      return nil
    }
    guard let made else { return nil }
    self = made
  }
}

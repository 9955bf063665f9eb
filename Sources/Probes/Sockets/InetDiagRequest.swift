import Linux
import NetAddress
import Observations
import TCPModel

/// What inet_diag is asked for (`struct inet_diag_req_v2`): one socket, or all in some states.
struct InetDiagRequest {
  let family: AddressFamily
  let local, remote: Endpoint
  private let states: UInt32
  private let link: UInt32
  private let cookie: UInt64

  /// - Parameter remote: nil for what has no other end, a listener.
  init(
    _ family: AddressFamily, local: Endpoint, remote: Endpoint? = nil,
    states: [TCPState] = []
  ) {
    (self.family, self.local, self.remote) = (family, local, remote ?? .any(family))
    self.states = states.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    link = max(local.scope, remote?.scope ?? 0)
    cookie = .max  // INET_DIAG_NOCOOKIE, twice
  }

  /// The very socket that was found before.
  init(of socket: InetDiagSocket) {
    (family, local, remote) = (socket.local.family, socket.local, socket.remote)
    (states, link, cookie) = (0, socket.link, socket.cookie)
  }

  /// What is wanted beside addresses, state, queues and timer; one bit for each attribute.
  struct Details: OptionSet {
    let rawValue: UInt8
    static let info = Details(rawValue: 1 << 1)  // INET_DIAG_INFO
    static let congestionControl = Details(rawValue: 1 << 3)  // INET_DIAG_CONG
    static let memory = Details(rawValue: 1 << 6)  // INET_DIAG_SKMEMINFO
  }

  func message(
    _ kind: NetlinkRequest.Kind, _ flags: NetlinkFlags, _ details: Details = .info
  ) -> NetlinkRequest {
    let tcp: UInt8 = 6  // IPPROTO_TCP
    var bytes: [UInt8] = []
    bytes.reserveCapacity(56)
    bytes += [UInt8(family.number), tcp, details.rawValue, 0]
    bytes.append(states, size: 4)
    for port in [local.port, remote.port] { bytes.append(UInt32(port.bigEndian), size: 2) }
    for address in [local, remote] {
      bytes += address.bytes
      for _ in address.bytes.count..<16 { bytes.append(0) }
    }
    bytes.append(link, size: 4)
    bytes.append(UInt32(truncatingIfNeeded: cookie), size: 4)
    bytes.append(UInt32(truncatingIfNeeded: cookie >> 32), size: 4)
    return NetlinkRequest(kind, flags, fixedPart: bytes)
  }
}

extension NetlinkRequest.Kind {
  static let lookUp = Self(20, "SOCK_DIAG_BY_FAMILY")
  static let destroy = Self(21, "SOCK_DESTROY")
}

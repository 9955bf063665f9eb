package import Linux
import NetAddress
package import Observations
import TCPModel

extension InetDiagSocket {
  /// Reads what answers a SOCK_DIAG_BY_FAMILY request; nil for anything else.
  package init?(_ message: NetlinkMessage) {
    let bytes = message.payload
    guard let state = bytes.uint8(at: 1).flatMap(TCPState.init(rawValue:)),
      let local = Endpoint(diagnosed: bytes, port: 4, address: 8),
      let remote = Endpoint(diagnosed: bytes, port: 6, address: 24),
      let timer = bytes.uint8(at: 2), let retransmissions = bytes.uint8(at: 3),
      let link = bytes.uint32(at: 40), let cookie = bytes.uint64(at: 44),
      let expires = bytes.uint32(at: 52), let receiveQueue = bytes.uint32(at: 56),
      let sendQueue = bytes.uint32(at: 60), let user = bytes.uint32(at: 64),
      let inode = bytes.uint32(at: 68)
    else { return nil }
    self.init(state, from: local, to: remote)
    self.timer = Timer(rawValue: timer)
    $timerRemaining = self.timer.map { _ in expires }
    self.retransmissions = Int(retransmissions)
    (self.receiveQueue, self.sendQueue) = (Int(receiveQueue), Int(sendQueue))
    (self.user, self.inode, self.link, self.cookie) = (user, inode, link, cookie)
    readAttributes(of: message)
  }

  private mutating func readAttributes(of message: NetlinkMessage) {
    var attributes = NetlinkAttributes(of: message, after: 72)  // struct inet_diag_msg
    while let (type, value) = attributes.next() {
      switch type {
      case 2: info = state == .listen ? nil : TCPInfo(kernel: value)  // INET_DIAG_INFO
      case 4: congestionControl = Self.name(value)  // INET_DIAG_CONG
      case 7:  // INET_DIAG_SKMEMINFO
        $receiveBuffer = value.uint32(at: 4)  // SK_MEMINFO_RCVBUF
        $sendBuffer = value.uint32(at: 12)  // SK_MEMINFO_SNDBUF
      case 19:  // INET_DIAG_ULP_INFO
        upperLayer = NetlinkAttributes(value)[type: 1].map(Self.name)  // INET_ULP_INFO_NAME
      default: break
      }
    }
  }

  /// Reads a text that a zero ends.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension Endpoint {
  /// Reads one end of `struct inet_diag_sockid` in a `struct inet_diag_msg`.
  fileprivate init?(diagnosed bytes: ArraySlice<UInt8>, port: Int, address: Int) {
    guard let port = bytes.uint16(at: port), let link = bytes.uint32(at: 40),
      let own = IPAddress(diagnosed: bytes, at: address)
    else { return nil }
    self.init(own, port: UInt16(bigEndian: port), scope: own.isLinkLocal ? link : 0)
  }
}

extension IPAddress {
  fileprivate init?(diagnosed bytes: ArraySlice<UInt8>, at offset: Int) {
    switch bytes.uint8(at: 0).map(CInt.init) {
    case AddressFamily.v4.number:
      guard let number = bytes.uint32(at: offset) else { return nil }
      self.init(v4: UInt32(bigEndian: number))
    case AddressFamily.v6.number:
      guard let high = bytes.uint64(at: offset), let low = bytes.uint64(at: offset + 8) else {
        return nil
      }
      self.init(v6: UInt64(bigEndian: high), UInt64(bigEndian: low))
    default: return nil
    }
  }
}

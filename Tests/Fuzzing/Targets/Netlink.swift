import Linux
import Observations
import Probes

extension FuzzTarget {
  /// Datagrams as the kernel answers: links, neighbours, routes and sockets.
  static let netlink = FuzzTarget("netlink", rate: 50000) { (bytes) throws(FuzzFault) in
    for message in messages(in: bytes) {
      _ = (Link(message), Neighbour(message)?.isConfirmedSince, RouteLookup(message))
      _ = InetDiagSocket(message)
    }
    _ = TCPInfo(kernel: bytes[...])
  }

  /// Those of a datagram; none where it is cut short.
  static func messages(in bytes: [UInt8]) -> [NetlinkMessage] {
    do throws(NetlinkMessage.Truncated) {
      return try NetlinkMessage.split(bytes[...])
    } catch {
      return []
    }
  }
}

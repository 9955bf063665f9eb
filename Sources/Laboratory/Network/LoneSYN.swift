import Linux
import NetAddress

/// A SYN that no socket sent, so that none repeats it: a repeated one would start the listener's timer
/// anew (`tcp_check_req`).
struct LoneSYN {
  let source, target: Endpoint

  /// The TCP header.
  var bytes: [UInt8] {
    var header = Self.bytes(source.port) + Self.bytes(target.port)
    header += [1, 2, 3, 4, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0]
    return InternetChecksum.fill(in: header, from: source.address, to: target.address)
  }

  /// Sends it through a raw socket of TCP.
  func send(through raw: borrowing Descriptor) throws(SystemCallError) {
    var address = target
    // `rawv6_sendmsg` takes a port for a protocol.
    address.port = 0
    try raw.send(bytes, to: address)
  }

  private static func bytes(_ number: UInt16) -> [UInt8] {
    [UInt8(number >> 8), UInt8(number & 0xff)]
  }
}

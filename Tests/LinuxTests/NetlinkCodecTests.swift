import NamespaceTesting
import NetAddress
import Testing

@testable import Linux

/// What netlink's bytes mean, without a socket.
struct NetlinkCodecTests {
  @Test func `netlink: messages of one datagram are split at four bytes`() throws {
    let datagram = Datagram(
      """
      15000000 1c00 0200 07000000 00000000  # nlmsghdr, 21 bytes
      0102030405 000000  # payload, padding
      14000000 0300 0200 07000000 00000000  # NLMSG_DONE
      00000000  # no error
      """)
    let messages = try NetlinkMessage.split(datagram.bytes[...])
    #expect(messages.map(\.type) == [28, 3])
    #expect(messages.map { Array($0.payload) } == [[1, 2, 3, 4, 5], [0, 0, 0, 0]])
    #expect(messages.allSatisfy { $0.sequence == 7 && $0.flags == .multi })
  }

  @Test(arguments: [0, 15, 21, UInt32.max - 2, .max])
  func `netlink: a message of an impossible length is refused`(length: UInt32) {
    var bytes: [UInt8] = []
    bytes.append(length, size: 4)
    bytes += [UInt8](repeating: 0, count: 16)
    #expect(throws: NetlinkMessage.Truncated(offset: 0)) { try NetlinkMessage.split(bytes[...]) }
  }

  @Test func `netlink: attributes are found by their type, flags or not`() {
    let bytes = Datagram(
      """
      0600 0100 aabb 0000  # type 1, two bytes
      0800 0280 04000000  # type 2, nested
      0400 0300  # type 3, empty
      0300 0400 00000000  # shorter than itself: the end
      0800 0500 01000000
      """
    ).bytes
    let attributes = NetlinkAttributes(bytes[...])
    var rest = attributes
    #expect(rest.next()?.type == 1)
    #expect(rest.next()?.type == 2)
    #expect(rest.next()?.type == 3)
    #expect(rest.next() == nil)
    #expect(attributes[type: 1].map { Array($0) } == [0xaa, 0xbb])
    #expect(attributes[type: 2]?.uint32(at: 0) == 4)
    #expect(attributes[type: 3]?.isEmpty == true)
    #expect(attributes[type: 5] == nil)
  }

  @Test func `netlink: a number is nil where the bytes end before it does`() {
    let bytes: [UInt8] = [0xff, 1, 2, 3, 4, 5, 6, 7, 8]
    let slice = bytes[1...]
    #expect(slice.uint8(at: 7) == 8)
    #expect(slice.uint8(at: 8) == nil)
    #expect(slice.uint16(at: 6) == 0x0807)
    #expect(slice.uint16(at: 7) == nil)
    #expect(slice.uint32(at: 4) == 0x0807_0605)
    #expect(slice.uint32(at: 5) == nil)
    #expect(slice.uint64(at: 0) == 0x0807_0605_0403_0201)
    #expect(slice.uint64(at: 1) == nil)
    #expect(slice.uint32(at: -1) == nil)
    #expect(slice.uint32(at: .max) == nil)
    #expect(slice.bytes(at: 2, count: .max) == nil)
    #expect(slice.bytes(at: 2, count: -1) == nil)
  }

  @Test func `netlink: a request is written as headers have it`() {
    var request = NetlinkRequest(
      .newLink, [.acknowledge, .create], fixedPart: Link.message(index: 3, flags: .up, of: .up))
    request.add(3, "lo")
    request.nest(18) { $0.add(1, UInt32(7)) }
    #expect(
      request.datagram(sequence: 9)
        == Datagram(
          """
          34000000 1000 0504 09000000 00000000  # nlmsghdr
          00 00 0000 03000000 01000000 01000000  # ifinfomsg
          0700 0300 6c6f00 00  # IFLA_IFNAME, padding
          0c00 1200  # IFLA_LINKINFO
          0800 0100 07000000
          """
        ).bytes)
  }

  @Test func `netlink: a neighbour is read`() throws {
    let messages = try NetlinkMessage.split(Captured.neighbours.bytes[...])
    let address = try #require(IPAddress("10.9.0.8"))
    let first = try #require(messages.first.flatMap(Neighbour.init))
    #expect(first.address == address)
    #expect(first.link == 3)
    #expect(first.state == .permanent)
    #expect(first.hardwareAddress == [2, 0, 0, 0, 0, 8])
    #expect(first.probes == 0)
    let second = try #require(Neighbour(messages[1]))
    #expect(second.address.description == "10.9.0.7")
    #expect(second.state == .stale)
    #expect(Neighbour(messages[2]) == nil)
  }

  @Test func `netlink: a link is read`() throws {
    let link = try #require(Link(try NetlinkMessage.split(Captured.link.bytes[...])[0]))
    #expect(link.name == "lo")
    #expect(link.index == 1)
    #expect(link.flags.contains([.up, .lowerUp]))
    #expect(!link.flags.contains(.noARP))
    #expect(link.hardwareAddress == [0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [Captured.neighbours, Captured.link, Captured.refusal])
  func `netlink: damaged datagrams are refused or read, and never trap`(datagram: Datagram) {
    let request = NetlinkRequest(.getLink, .dump, fixedPart: Link.message())
    for bytes in datagram.damaged {
      var answer = NetlinkAnswer(to: request, sequence: 7)
      var values = 0
      _ = try? answer.take(bytes[...]) { message in
        var attributes = NetlinkAttributes(of: message, after: 12)
        while let (_, value) = attributes.next() { values += value.count }
        if Link(message) != nil || Neighbour(message) != nil { values += 1 }
      }
      #expect(values <= 3 * bytes.count)
    }
  }
}

/// Datagrams of Linux 6.18.
enum Captured {
  static let neighbours = Datagram(
    """
    4c000000 1c00 0200 07000000 d3540000  # nlmsghdr, RTM_NEWNEIGH
    02 00 0000 03000000 8000 00 01  # ndmsg, NUD_PERMANENT
    0800 0100 0a090008  # NDA_DST
    0a00 0200 020000000008 0000  # NDA_LLADDR
    0800 0400 00000000  # NDA_PROBES
    1400 0300 4a000000 4a000000 4a000000 00000000  # NDA_CACHEINFO
    4c000000 1c00 0200 07000000 d3540000  # nlmsghdr, RTM_NEWNEIGH
    02 00 0000 03000000 0400 00 01  # ndmsg, NUD_STALE
    0800 0100 0a090007  # NDA_DST
    0a00 0200 020000000007 0000  # NDA_LLADDR
    0800 0400 00000000  # NDA_PROBES
    1400 0300 ba170000 4a000000 4a000000 00000000  # NDA_CACHEINFO
    14000000 0300 0200 07000000 d3540000  # nlmsghdr, NLMSG_DONE
    00000000  # no error
    """)

  /// The first attributes of many.
  static let link = Datagram(
    """
    50000000 1000 0000 07000000 7a540000  # nlmsghdr, RTM_NEWLINK
    00 00 0403 01000000 49000100 00000000  # ifinfomsg: ARPHRD_LOOPBACK, index, flags
    0700 0300 6c6f00 00  # IFLA_IFNAME
    0800 0d00 e8030000  # IFLA_TXQLEN
    0500 1000 00 000000  # IFLA_OPERSTATE
    0800 0400 00000100  # IFLA_MTU
    0a00 0100 000000000000 0000  # IFLA_ADDRESS
    0400 3e80  # nested, empty
    """)

  /// Of an exact lookup of inet_diag that found nothing; the request comes back with it.
  static let refusal = Datagram(
    """
    5c000000 0200 0000 07000000 c4510000  # nlmsghdr, NLMSG_ERROR
    feffffff  # -ENOENT
    48000000 1400 0100 07000000 00000000  # nlmsghdr of the request
    02 06 02 00 00000000  # inet_diag_req_v2: family, protocol, extensions, states
    0002 0001  # ports
    7f000001000000000000000000000000 7f000001000000000000000000000000  # addresses
    00000000 ffffffff ffffffff  # link, cookie
    """)
}

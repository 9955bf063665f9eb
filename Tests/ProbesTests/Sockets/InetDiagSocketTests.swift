import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

struct InetDiagSocketTests {
  private func read(_ datagram: Datagram) throws -> InetDiagSocket {
    try #require(InetDiagSocket(try NetlinkMessage.split(datagram.bytes[...])[0]))
  }

  @Test func `inet_diag socket: a connection that retransmits is read`() throws {
    let socket = try read(CapturedSockets.retransmitting)
    #expect(socket.state == .established)
    #expect(socket.timer == .retransmission)
    #expect(socket.retransmissions == 2)
    #expect(socket.timerRemaining == .milliseconds(404))
    #expect(socket.local.description == "127.0.0.1:40842")
    #expect(socket.remote.description == "127.0.0.1:58637")
    #expect(socket.receiveQueue == 0)
    #expect(socket.sendQueue == 1000)
    #expect(socket.user == 0)
    #expect(socket.inode == 777_805)
    #expect(socket.cookie == 0x1001)
    #expect(socket.link == 0)
    #expect(socket.info == TCPInfo(kernel: Datagram(CapturedSockets.information).bytes[...]))
  }

  @Test func `inet_diag socket: a handshake is read and has no more to tell`() throws {
    let socket = try read(CapturedSockets.handshake)
    #expect(socket.state == .synReceived)
    #expect(socket.timer == .retransmission)
    #expect(socket.retransmissions == 2)
    #expect(socket.timerRemaining == .milliseconds(1808))
    #expect(socket.info == nil)
  }

  @Test func `inet_diag socket: a link-local end keeps its link`() throws {
    let socket = try read(CapturedSockets.timeWait)
    #expect(socket.state == .timeWait)
    #expect(socket.timer == .timeWait)
    #expect(socket.timerRemaining == .milliseconds(59_896))
    #expect(socket.local == .loopback(.v6, port: 58_986))
    #expect(socket.remote.description == "[fe80::2%4]:45383")
    #expect(socket.remote.scope == 4)
  }

  @Test
  func `inet_diag socket: of a listener the queue is told and nothing is taken for a connection's`()
    throws
  {
    let socket = try read(CapturedSockets.listener)
    #expect(socket.state == .listen)
    #expect(socket.timer == nil)
    #expect(socket.timerRemaining == nil)
    #expect(socket.receiveQueue == 2)
    #expect(socket.sendQueue == 5)
    #expect(socket.user == 1000)
    #expect(socket.info == nil)
  }

  @Test func `inet_diag socket: buffers, congestion control and the protocol on top are read`()
    throws
  {
    let socket = try read(CapturedSockets.multipath)
    #expect(socket.receiveBuffer == 131_072)
    #expect(socket.sendBuffer == 3_939_840)
    #expect(socket.congestionControl == "bbr")
    #expect(socket.upperLayer == "mptcp")
    #expect(socket.isMultipath)
    #expect(socket.inode == 18_725_829)
    let plain = try read(CapturedSockets.retransmitting)
    #expect(plain.receiveBuffer == nil && plain.congestionControl == nil && !plain.isMultipath)
  }

  @Test(arguments: [
    CapturedSockets.retransmitting, CapturedSockets.handshake, CapturedSockets.timeWait,
    CapturedSockets.listener, CapturedSockets.multipath,
  ])
  func `inet_diag socket: damaged answers are refused or read, and never trap`(datagram: Datagram)
    throws
  {
    for bytes in datagram.damaged {
      guard let messages = try? NetlinkMessage.split(bytes[...]) else { continue }
      let sockets = messages.compactMap(InetDiagSocket.init)
      #expect(sockets.count <= messages.count)
    }
    let whole = try NetlinkMessage.split(datagram.bytes[...])[0].payload
    for length in 0..<72 {
      var bytes: [UInt8] = []
      bytes.append(UInt32(16 + length), size: 4)
      bytes += [20, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]
      let message = try NetlinkMessage.split((bytes + whole.prefix(length))[...])[0]
      #expect(InetDiagSocket(message) == nil)
    }
  }

  @Test func `inet_diag socket: a request is written as headers have it`() {
    let request = InetDiagRequest(
      .v4, local: .loopback(.v4, port: 443), remote: .loopback(.v4, port: 40_000),
      states: [.synReceived, .timeWait])
    #expect(
      request.message(.lookUp, []).datagram(sequence: 1)
        == Datagram(
          """
          48000000 1400 0100 01000000 00000000  # nlmsghdr
          02 06 02 00 48000000  # family, protocol, extensions, states
          01bb 9c40  # ports
          7f000001000000000000000000000000 7f000001000000000000000000000000  # addresses
          00000000 ffffffff ffffffff  # link, cookie
          """
        ).bytes)
  }
}

import Glibc
import NetAddress
import Randomness
import Testing

/// Addresses as text, held against the C library's.
struct AddressTextTests {
  private func number(_ family: AddressFamily) -> CInt { family == .v4 ? AF_INET : AF_INET6 }

  /// What inet_pton(3) reads; nil where it refuses.
  private func bytes(of text: String) -> [UInt8]? {
    let family: AddressFamily = text.contains(":") ? .v6 : .v4
    var bytes = [UInt8](repeating: 0, count: family.byteCount)
    return inet_pton(number(family), text, &bytes) == 1 ? bytes : nil
  }

  /// What inet_ntop(3) writes.
  private func text(of bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: 64)
    inet_ntop(number(bytes.count == 4 ? .v4 : .v6), bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  @Test(arguments: [
    "127.0.0.1", "0.0.0.0", "255.255.255.255", "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4",
    "1.2.3.04", "1..3.4", "", ".", "1.2.3.4 ", " 1.2.3.4", "1.2.3.-4", "1.2.3.+4", "0x1.2.3.4",
    "::", "::1", "1::", "1::2", ":1", "1:", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    "::1:2:3:4:5:6:7", "1:2:3:4:5:6:7::", "::1:2:3:4:5:6:7:8", "1::2::3", ":::", "::g", "12345::",
    "::1.2.3.4", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3",
    "1.2.3.4::", "::1.2.3.4:5", "1.2.3.4::1", "FE80::A", "fe80::1%eth0", "::01.2.3.4", "0::0",
    "1:2:3:4:5:6:7::8", "::1:", "1:::2",
  ])
  func `IPAddress: reads what the C library reads, and nothing else`(text: String) {
    #expect(IPAddress(text)?.bytes == bytes(of: text))
  }

  @Test(arguments: AddressFamily.allCases)
  func `IPAddress: random addresses are written as the C library does, and read back`(
    family: AddressFamily
  ) throws {
    var dice = Dice(seed: 7)
    for _ in 0..<3000 {
      // Rows of zeros are what IPv6 texts differ in.
      let zeros = UInt16(truncatingIfNeeded: dice.next())
      let bytes = (0..<family.byteCount).map { index in
        zeros >> (index / 2) & 1 == 1 ? 0 : UInt8(truncatingIfNeeded: dice.next())
      }
      let address = try #require(IPAddress(bytes))
      #expect(address.description == text(of: bytes))
      #expect(IPAddress(address.description) == address)
    }
  }

  @Test(arguments: [
    [0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304], [0, 0, 0, 0, 0, 0, 0x0102, 0x0304],
    [0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0x100],
    [0, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0xffff, 0, 0], [1, 0, 0, 2, 0, 0, 0, 3],
    [1, 0, 2, 0, 3, 0, 4, 0], [0, 0, 1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0xffff, 0],
  ])
  func `IPAddress: groups that are zero are left out as the C library does`(groups: [UInt16]) {
    let bytes = groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    #expect(IPAddress(bytes)?.description == text(of: bytes))
  }

  @Test func `Endpoint: zones and brackets`() throws {
    let local = try #require(IPAddress("fe80::1"))
    #expect(Endpoint(local, port: 80, scope: 2).description == "[fe80::1%2]:80")
    #expect(Endpoint(local, port: 80, scope: 2, zone: "eth0").description == "[fe80::1%eth0]:80")
    #expect(Endpoint.loopback(.v4, port: 9).description == "127.0.0.1:9")
    #expect(Endpoint(bytes: [1, 2, 3], port: 1) == nil)
  }

  @Test(arguments: [
    ("::ffff:10.0.0.1", "10.0.0.1"), ("::ffff:a00:1", "10.0.0.1"), ("::10.0.0.1", "::10.0.0.1"),
    ("::fffe:10.0.0.1", "::fffe:a00:1"), ("1::ffff:10.0.0.1", "1::ffff:a00:1"),
    ("10.0.0.1", "10.0.0.1"),
  ])
  func `IPAddress: unmapped is the IPv4 address that an IPv6 one stands for`(
    text: String, unmapped: String
  ) throws {
    #expect(try #require(IPAddress(text)).unmapped.description == unmapped)
  }

  @Test(arguments: [
    ("::ffff:10.0.0.0/104", "10.0.0.0/8"), ("::ffff:0:0/96", "0.0.0.0/0"),
    ("::ffff:0:0/95", "::ffff:0.0.0.0/95"), ("::/0", "::/0"), ("10.0.0.0/8", "10.0.0.0/8"),
    ("::ffff:10.0.0.1/128", "10.0.0.1/32"),
  ])
  func `IPPrefix: unmapped is the IPv4 prefix that an IPv6 one stands for`(
    text: String, unmapped: String
  ) throws {
    #expect(try #require(IPPrefix(text)).unmapped.description == unmapped)
  }

  @Test(arguments: [
    ("10.1.2.3/16", "10.1.0.0/16"), ("10.1.2.3/0", "0.0.0.0/0"), ("10.1.2.3/31", "10.1.2.2/31"),
    ("fd00::1/8", "fd00::/8"), ("::1/128", "::1/128"),
  ])
  func `IPPrefix: network has zeros after the prefix`(text: String, network: String) throws {
    #expect(try #require(IPPrefix(text)).network.description == network)
  }

  @Test(arguments: [
    "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/08", "/8",
    "10.0.0.0", "10.0.0.0/8/8", "10.0.0.0/ 8", "10.0.0.0/٨",
  ])
  func `IPPrefix: other text is none`(text: String) { #expect(IPPrefix(text) == nil) }

  @Test func `TCPState: names are read as they are written`() {
    for state in TCPState.allCases { #expect(TCPState(named: state.name) == state) }
    #expect(TCPState(named: "SYN_RECV") == .synReceived)
    #expect(TCPState(named: "closed") == nil)
  }

  @Test(arguments: [
    ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false),
    ("10.1.0.0/15", "10.0.0.1", true), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
    ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::", false), ("::1/128", "::1", true),
  ])
  func `IPPrefix: contains what begins with the same bits`(
    prefix: String, address: String, isInside: Bool
  ) throws {
    let prefix = try #require(IPPrefix(prefix))
    #expect(prefix.contains(try #require(IPAddress(address))) == isInside)
  }
}

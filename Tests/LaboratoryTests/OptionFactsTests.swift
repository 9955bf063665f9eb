import Glibc
import Linux
import NetAddress
import TCPModel
import Testing

/// The catalogue of socket options against the running kernel, on fresh sockets.
struct OptionFactsTests {
  /// What is set, what may be read back.
  private static let numbers = SocketOptionInfo.all.filter { $0.range != nil }

  private static func level(_ facts: SocketOptionInfo) -> CInt {
    switch facts.level {
    case .socket: SOL_SOCKET
    case .tcp: CInt(IPPROTO_TCP)
    case .ip: CInt(IPPROTO_IP)
    }
  }

  /// nil where the kernel refuses with EINVAL; every other refusal is an issue.
  private func reads(_ facts: SocketOptionInfo, setTo value: Int) throws -> CInt? {
    guard let value = CInt(exactly: value) else { return nil }
    let socket = try Descriptor.streamSocket(.v4)
    do throws(SystemCallError) {
      try socket.setOption(Self.level(facts), facts.number, to: value)
    } catch {
      #expect(error.code == .invalidArgument, "\(facts.name) = \(value): \(error)")
      return nil
    }
    return try socket.option(Self.level(facts), facts.number)
  }

  private func isKnown(_ facts: SocketOptionInfo) throws -> Bool {
    facts.exists(in: try #require(Bench.snapshot().kernel))
  }

  @Test(arguments: numbers)
  func `options: the kernel takes the range and nothing beyond`(facts: SocketOptionInfo) throws {
    guard try isKnown(facts), facts.name != "TCP_FASTOPEN_CONNECT" else { return }
    let range = try #require(facts.range)
    // A jiffy and less is refused as well.
    let isInTicks = facts.unit == .microseconds
    let least = isInTicks ? 2 * 1_000_000 / 100 : range.lowerBound
    #expect(try reads(facts, setTo: least) != nil)
    #expect(try reads(facts, setTo: range.upperBound) != nil)
    #expect(try reads(facts, setTo: range.lowerBound - 1) == nil)
    #expect(try reads(facts, setTo: range.upperBound + 1) == nil)
    if let example = facts.example {
      #expect(try reads(facts, setTo: example) != nil)
    }
  }

  /// Option, value, what is read back.
  @Test(arguments: [
    ("TCP_LINGER2", 121, 120), ("TCP_LINGER2", -7, -1), ("TCP_DEFER_ACCEPT", 10, 15),
    ("TCP_DEFER_ACCEPT", 30, 31), ("TCP_DEFER_ACCEPT", -1, 0), ("TCP_NODELAY", 5, 1),
    ("TCP_NOTSENT_LOWAT", -1, -1), ("TCP_QUICKACK", 3, 1), ("SO_REUSEADDR", 2, 1),
  ])
  func `options: values outside the plain range become what is said`(
    name: String, value: Int, read: Int
  )
    throws
  {
    let facts = try #require(SocketOptionInfo(named: name))
    #expect(try reads(facts, setTo: value) == CInt(read))
  }

  @Test(arguments: numbers)
  func `options: an unset option reads what is said`(facts: SocketOptionInfo) throws {
    guard try isKnown(facts) else { return }
    let socket = try Descriptor.streamSocket(.v4)
    let value = try socket.option(Self.level(facts), facts.number)
    switch facts.unset {
    case .number(let number): #expect(value == CInt(number))
    case .sysctl(let key):
      let text = try ProcFS().value("sys/\(key.path)", limit: 64)
      #expect(value == CInt(text.filter { $0.isNumber || $0 == "-" }))
    case .zeros: Issue.record("\(facts.name) is a number")
    }
  }

  /// Options whose value can be told from an unset one.
  @Test(arguments: numbers.filter { $0.name != "TCP_QUICKACK" })
  func `options: connections inherit what is said`(facts: SocketOptionInfo) throws {
    guard try isKnown(facts), facts.name != "TCP_FASTOPEN_CONNECT" else { return }
    let value = CInt(facts.example ?? (facts.unit == .microseconds ? 100_000 : 1))
    let listener = try Descriptor.streamSocket(.v4)
    try listener.setOption(Self.level(facts), facts.number, to: value)
    try listener.listen(on: .loopback(.v4), backlog: 1)
    let client = try Descriptor.streamSocket(.v4)
    try client.dropOnClose()
    _ = client.connect(to: try listener.localAddress())
    // With TCP_DEFER_ACCEPT a connection is there once it has data.
    let byte: [UInt8] = [0]
    _ = byte.withUnsafeBytes { send(client.number, $0.baseAddress, 1, CInt(MSG_NOSIGNAL)) }
    #expect(try listener.waitUntilReadable(for: .seconds(2)))
    let accepted = try listener.accept()
    let inherited = try accepted.option(Self.level(facts), facts.number)
    let set = try listener.option(Self.level(facts), facts.number)
    let isInherited = inherited == set
    #expect(isInherited == facts.isInherited, "\(inherited) of \(set)")
  }
}

extension SocketOptionInfo: CustomTestStringConvertible {
  public var testDescription: String { name }
}

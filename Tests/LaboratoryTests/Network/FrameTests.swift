import Testing

@testable import Laboratory

struct FrameTests {
  // To everybody from 02:00:00:00:00:01, and the start of an IPv6 header.
  private static let ethernet: [UInt8] = [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1]
  private static let target: [UInt8] = [0xfd] + [UInt8](repeating: 0, count: 14) + [9]

  /// Who has 10.0.0.9, asks 10.0.0.1; RFC 826.
  private static let request: [UInt8] =
    ethernet + [8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1]
    + [0, 0, 0, 0, 0, 0, 10, 0, 0, 9]

  private static func packet(_ next: UInt8, to target: [UInt8], _ rest: [UInt8]) -> [UInt8] {
    ethernet + [0x86, 0xdd, 0x60, 0, 0, 0, 0, UInt8(rest.count), next, 255]
      + [UInt8](repeating: 0, count: 16) + target + rest
  }

  private static let solicitation = packet(
    58, to: [UInt8](repeating: 0xff, count: 16), [135, 0, 0, 0, 0, 0, 0, 0] + target)

  @Test func `frames: who asks for a neighbour is seen`() throws {
    let request = try #require(Frame(Self.request))
    #expect(request.kind == .question)
    #expect(request.target == [10, 0, 0, 9])
    #expect(request.destination == [255, 255, 255, 255, 255, 255])
    let solicitation = try #require(Frame(Self.solicitation))
    #expect(solicitation.kind == .question)
    #expect(solicitation.target == Self.target)
  }

  @Test func `frames: a SYN on its way is seen`() throws {
    let segment = [UInt8](repeating: 0, count: 20)
    let wide = try #require(Frame(Self.packet(6, to: Self.target, segment)))
    #expect(wide.kind == .segment)
    #expect(wide.target == Self.target)
    let header: [UInt8] = [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 9]
    let narrow = try #require(Frame(Self.ethernet + [8, 0] + header + segment))
    #expect(narrow.kind == .segment)
    #expect(narrow.target == [10, 0, 0, 9])
  }

  @Test func `frames: anything else is not, nor what is cut short`() {
    var answer = Self.request
    answer[21] = 2
    #expect(Frame(answer) == nil)
    var advertisement = Self.solicitation
    advertisement[54] = 136
    #expect(Frame(advertisement) == nil)
    for frame in [Self.request, Self.solicitation] {
      for length in frame.indices { #expect(Frame(Array(frame.prefix(length))) == nil) }
    }
  }
}

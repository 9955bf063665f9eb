import NamespaceTesting
import Testing

@testable import Linux

/// How an answer ends, and what is handed on before.
struct NetlinkAnswerTests {
  private static let fixedPart = Link.message()
  static let one = NetlinkRequest(.getLink, fixedPart: fixedPart)
  static let dump = NetlinkRequest(.getLink, .dump, fixedPart: fixedPart)
  static let change = NetlinkRequest(.newLink, .acknowledge, fixedPart: fixedPart)

  private static func message(
    _ type: UInt16, _ flags: NetlinkFlags = [], sequence: UInt32 = 7, code: Int32? = 0
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(code == nil ? 16 : 20, size: 4)
    bytes.append(UInt32(type), size: 2)
    bytes.append(UInt32(flags.rawValue), size: 2)
    bytes.append(sequence, size: 4)
    bytes.append(0, size: 4)
    if let code { bytes.append(UInt32(bitPattern: code), size: 4) }
    return bytes
  }

  /// A request, one datagram, the messages handed on and how the answer ended.
  static let rows: [(NetlinkRequest, [UInt8], Int, NetlinkAnswer.Ending?)] = [
    (one, message(16), 1, .complete),
    (one, message(2, code: -19), 0, .refused(.noDevice)),
    (one, message(16, sequence: 6), 0, nil),
    (one, message(1) + message(16), 1, .complete),
    (dump, message(16, .multi) + message(16, .multi), 2, nil),
    (dump, message(16, .multi) + message(3, .multi), 1, .complete),
    (dump, message(3, .multi, code: nil), 0, .complete),
    (dump, message(3, .multi, code: -2), 0, .refused(.noEntry)),
    (dump, message(16, [.multi, .interrupted]) + message(3, .multi), 1, .inconsistent),
    (dump, message(4, .multi), 0, .refused(.noBufferSpace)),
    (dump, message(3, .multi, sequence: 6) + message(16, .multi), 1, nil),
    (change, message(2), 0, .complete),
    (change, message(2, code: -17), 0, .refused(.exists)),
    (change, message(2, code: .min), 0, .refused(Errno(rawValue: .min))),
    (change, message(16), 1, nil),
    (change, [], 0, nil),
  ]

  @Test(arguments: rows)
  func `netlink answers: an answer ends as its messages say`(
    request: NetlinkRequest, datagram: [UInt8], count: Int, ending: NetlinkAnswer.Ending?
  ) throws {
    var answer = NetlinkAnswer(to: request, sequence: 7)
    var handed = 0
    #expect(try answer.take(datagram[...]) { _ in handed += 1 } == ending)
    #expect(handed == count)
  }

  @Test func `netlink answers: an error without a code is damage`() {
    var answer = NetlinkAnswer(to: Self.change, sequence: 7)
    #expect(throws: NetlinkMessage.Truncated.self) {
      try answer.take(Self.message(2, code: nil)[...]) { _ in }
    }
  }
}

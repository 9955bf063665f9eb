import Foundation
import Testing

@testable import tcpadvisor

/// JSON as text, held against Foundation's.
struct JSONTextTests {
  private static let strings = [
    "", "plain", "net.ipv4/conf", "“quoted” and \"quoted\"", "back\\slash", "\n\r\t\u{8}\u{c}",
    "\0\u{1}\u{f}\u{10}\u{1f}\u{7f}", "é e\u{301} 漢字 👩‍👩‍👧 \u{2028}", "\r\n",
  ]
  private static let numbers = [
    0, -0.0, 1, 127, 0.1, 1.5, 3.25e-7, 1e15, 1e16, 123_456_789.125, -2.5, .pi,
  ]

  private static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test(arguments: strings)
  func `a string is escaped as Foundation does`(text: String) throws {
    #expect(tcpadvisor.JSON.string(text).text == (try Self.encoded(text)))
  }

  @Test(arguments: numbers)
  func `a number is written as Foundation does`(number: Double) throws {
    #expect(tcpadvisor.JSON.number(number).text == (try Self.encoded(number)))
  }

  @Test func `lists are laid out as Foundation does`() throws {
    let lists = [
      "b": ["c": [1, 2], "": []], "a": [:], "a.b": ["Z": [3]], "a-b": ["é": [-4], "z": [5]],
    ]
    let json = tcpadvisor.JSON.object(
      lists.mapValues { .object($0.mapValues { .array($0.map { .integer($0) }) }) })
    #expect(json.text == (try Self.encoded(lists)))
  }

  @Test func `what is neither is written as a word`() {
    #expect(tcpadvisor.JSON.array([.null, true, false]).text == "[\n  null,\n  true,\n  false\n]")
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `a number that is none is null`(number: Double) {
    #expect(tcpadvisor.JSON.number(number).text == "null")
  }
}

import Foundation
import Testing

@testable import Reports

/// JSON as text: strings and numbers held against Foundation's, the layout against Python's
/// `json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)`.
struct JSONTextTests {
  private static let strings = [
    "", "plain", "net.ipv4/conf", "“quoted” and \"quoted\"", "back\\slash", "\n\r\t\u{8}\u{c}",
    "\0\u{1}\u{f}\u{10}\u{1f}", "é e\u{301} 漢字 👩", "\r\n",
  ]
  private static let numbers = [
    0, -0.0, 1, 127, 0.1, 1.5, 3.25e-7, 1e15, 1e16, 123_456_789.125, -2.5, .pi,
    -1.5e-9, 1.25e21, .leastNormalMagnitude, 0.0000012,
  ]

  private static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test(arguments: strings)
  func `JSON: a string is escaped as Foundation does`(text: String) throws {
    #expect(JSON.string(text).text == (try Self.encoded(text)))
  }

  /// RFC 8259 lets them stand, and they are read back the same.
  @Test(arguments: [
    "\u{7f}", "\u{9b}2J", "a\u{202e}b", "\u{2028}", "\u{61c}\u{200e}\u{2066}",
    "\u{200b}\u{feff}\u{e0041}",
  ])
  func `JSON: what steers a terminal is escaped`(text: String) throws {
    let json = JSON.string(text).text
    let steering = text.unicodeScalars.filter { !$0.isASCII || $0 == "\u{7f}" }
    #expect(!json.unicodeScalars.contains(where: steering.contains))
    #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
  }

  @Test(arguments: numbers)
  func `JSON: a number is read back as it was, and has no exponent`(number: Double) throws {
    let text = JSON.number(number).text
    #expect(try JSONDecoder().decode(Double.self, from: Data(text.utf8)) == number)
    #expect(!text.contains("e"))
  }

  @Test(arguments: [(-1_500_000_000, "-1.5"), (-1, "-0.000000001"), (0, "0"), (40, "0.00000004")])
  func `JSON: a time has no exponent`(nanoseconds: Int, text: String) {
    #expect(JSON.seconds(.nanoseconds(nanoseconds)).text == text)
  }

  @Test func `JSON: lists are laid out as other tools do`() {
    let json: JSON = ["b": ["c": [1, 2], "": []], "a": [:], "a.b": ["Z": ["x"]]]
    #expect(
      json.text == """
        {
          "a": {},
          "a.b": {
            "Z": [
              "x"
            ]
          },
          "b": {
            "": [],
            "c": [
              1,
              2
            ]
          }
        }
        """)
    #expect(json.line == #"{"a": {}, "a.b": {"Z": ["x"]}, "b": {"": [], "c": [1, 2]}}"#)
  }

  @Test func `JSON: a long list is handed on in parts, wherever it stands`() {
    let row: JSON = ["name": .string(String(repeating: "x", count: 100))]
    let made = JSON.each(count: 5_000) { ["place": .integer($0)] }
    let held = JSON.array((0..<5_000).map { ["place": .integer($0)] })
    for (list, isHandedOn) in [(made, true), (held, false)] {
      for value in [list, ["rows": list], [row, list, ["rows": list]]] as [JSON] {
        var parts: [String] = []
        value.write { parts.append($0) }
        #expect(parts.joined() == value.text)
        #expect((parts.count > 1) == isHandedOn)
        #expect(!isHandedOn || parts.allSatisfy { $0.utf8.count < 1 << 17 })
      }
    }
    #expect(made.text == held.text)
    #expect(made.line == held.line)
  }

  @Test func `JSON: what is neither is written as a word`() {
    #expect(JSON.array([.null, true, false]).text == "[\n  null,\n  true,\n  false\n]")
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `JSON: a number that is none is null`(number: Double) {
    #expect(JSON.number(number).text == "null")
  }
}

import Advisor
import InputFiles
import TCPModel
import Testing

struct DocumentTests {
  @Test func `document: an error shows the place, the line and a caret`() throws {
    let error = try #require(failure(profile("objectives:\n  conect: { within: 10s }")))
    #expect(
      error.description == """
        profile.yaml:4:3: no scenario is called “conect”; did you mean “connect”?
          conect: { within: 10s }
          ^
        """)
    #expect(error.file == "profile.yaml")
    #expect(error.location?.line == 4)
    #expect(error.location?.column == 3)
  }

  @Test func `document: the caret stands right behind tabs, wide text and on a long line`() throws {
    let tab = try #require(failure(profile("path: {\trtt: 5}")))
    #expect(tab.description.hasSuffix("\npath: {\trtt: 5}\n       \t     ^"))
    let umlaut = try #require(failure(profile("path: {why: \"größer\", rtt: 5}")))
    #expect(umlaut.description.hasSuffix("\n" + String(repeating: " ", count: 27) + "^"))
    let long = try #require(
      failure(profile("path: {why: \(String(repeating: "x", count: 500)), rtt: 5}")))
    #expect(long.description.hasSuffix(", rtt: 5}\n" + String(repeating: " ", count: 50) + "^"))
  }

  @Test(arguments: [
    ("", 1, 1, "the file is empty"), ("# nothing\n", 1, 1, "the file is empty"),
    ("---\n...\n", 2, 1, "the document is empty"),
    ("schema: 1\n---\nschema: 1\n", 2, 1, "a second document begins here"),
    ("schema: 1\nname: a\nname: b", 3, 1, "the key “name” stands here twice, first in line 2"),
    ("path: {rtt: 1ms, rtt: 2ms}", 1, 18, "the key “rtt” stands here twice"),
    ("a: [{b: {c: 1, \"c\": 2}}]", 1, 16, "the key “c” stands here twice"),
    ("[a]: b", 1, 1, "a key is text, nothing else"), ("{a: b}: c", 1, 1, "a key is text"),
    ("? {a: b}\n: c", 1, 3, "a key is text"), ("~: c", 1, 1, "a key is text"),
    ("null: c", 1, 1, "a key is text"), ("? ~\n: c", 1, 3, "a key is text"),
    ("a: &x [*x]", 1, 8, "the alias “x” stands inside of what it stands for"),
    ("a: &x {b: {c: *x}}", 1, 15, "stands inside of"),
    ("a: *unknown", 1, 4, "no anchor is called “unknown”"),
    ("a: &left 1\nb: *lef", 2, 4, "no anchor is called “lef”"),
    ("a: !!str 1", 1, 4, "the tag “tag:yaml.org,2002:str” is not read here"),
    ("a: !x {}", 1, 4, "the tag “!x” is not read here"),
    ("<<: {a: b}", 1, 1, "“<<” is not read here"),
    ("a: [b", 1, 6, "not YAML"), ("a: b: c", 1, 5, "not YAML"), ("a: 'b", 1, 6, "not YAML"),
    ("a:\n\tb: c", 2, 1, "a tab stands where YAML wants blanks"),
    ("a: \"\\e[31m\"", 1, 4, "the text contains the control character 0x1B"),
    ("a: b\nc: \u{7}", 2, 4, "the control character U+0007 is not allowed"),
  ])
  func `document: what is no single plain document is refused where it goes wrong`(
    yaml: String, line: Int, column: Int, message: String
  ) throws {
    let error = try #require(failure(yaml))
    #expect(error.message.contains(message), "\(error)")
    #expect(
      error.location == FileLocation(file: "profile.yaml", line: line, column: column), "\(error)")
  }

  @Test(arguments: [
    (Array("name: ".utf8) + [0xff], 1, 7), (Array("a: ä\nb: ö".utf8) + [0xc3], 2, 5),
    (Array("a: b\r\nc: ".utf8) + [0xc0, 0x80], 2, 4), ([0xff, 0xfe, 0x61, 0x00], 1, 1),
    (Array("a: b\n# ".utf8) + [0xed, 0xa0, 0x80] + Array("\n".utf8), 2, 3),
  ])
  func `document: what is no UTF-8 is refused with line and column`(
    bytes: [UInt8], line: Int, column: Int
  ) throws {
    let error = try #require(failure(ProfileSource(file: "profile.yaml", bytes: bytes)))
    #expect(error.message.hasPrefix("the text is not UTF-8"), "\(error)")
    #expect(
      error.location == FileLocation(file: "profile.yaml", line: line, column: column), "\(error)")
  }

  @Test func `document: a byte order mark and Windows line ends change no place`() throws {
    let bytes = [0xef, 0xbb, 0xbf] + Array("schema: 1\r\nname: a\r\nlevrs: x\r\n".utf8)
    let error = try #require(failure(ProfileSource(file: "profile.yaml", bytes: bytes)))
    #expect(error.location == FileLocation(file: "profile.yaml", line: 3, column: 1))
    #expect(error.sourceLine == "levrs: x")
    #expect(error.nearest == "levers")
  }

  @Test func `document: an error behind the last line shows no line`() throws {
    let error = try #require(failure("a: [\n"))
    #expect(error.location == FileLocation(file: "profile.yaml", line: 2, column: 1))
    #expect(error.sourceLine == nil)
    #expect(!error.description.contains("\n"))
  }

  @Test func `document: a megabyte is read, a byte more is refused before parsing`() throws {
    let head = profile("objectives: {idle: {within: 1h}}\n#")
    let full = head + String(repeating: "x", count: 1_000_000 - head.utf8.count)
    #expect(try read(full).name == "test")
    let error = try #require(failure("\u{1}" + full))
    #expect(error.description == "profile.yaml: a profile has at most 1 MB, this has 1000001 bytes")
    #expect(error.location == nil)
  }

  @Test(arguments: [("[", "]", 67), ("{a: ", "}", 253)])
  func `document: nesting ends at 64 levels`(open: String, close: String, column: Int) throws {
    func nested(_ levels: Int) -> String {
      "a: " + String(repeating: open, count: levels - 2) + "b"
        + String(repeating: close, count: levels - 2)
    }
    let fits = try #require(failure(nested(64)))
    #expect(fits.message.hasPrefix("no field is called “a”"))
    let deep = try #require(failure(nested(65)))
    #expect(deep.message == "nested deeper than 64 levels")
    #expect(deep.location?.column == column)
    let endless = try #require(failure("a: " + String(repeating: open, count: 200_000)))
    #expect(endless.message == "nested deeper than 64 levels")
  }

  @Test func `document: aliases stand for a thousand values at most`() throws {
    let ten = "[" + Array(repeating: "x", count: 9).joined(separator: ", ") + "]"
    func used(_ times: Int) -> String {
      let aliases = Array(repeating: "*a", count: times).joined(separator: ", ")
      return "x: &a \(ten)\ny: [\(aliases)]"
    }
    #expect(try #require(failure(used(100))).message.hasPrefix("no field is called “x”"))
    let error = try #require(failure(used(101)))
    #expect(error.message == "the aliases stand for more than 1,000 values")
    #expect(error.location == FileLocation(file: "profile.yaml", line: 2, column: 5 + 400))
  }

  @Test func `document: a bomb of aliases is refused at once`() throws {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = try #require(failure(yaml))
    #expect(error.message == "the aliases stand for more than 1,000 values")
    #expect(error.location?.line == 4)
  }

  @Test func `document: an alias stands for the value of its anchor`() throws {
    let profile = try read(
      profile("objectives:\n  idle: &same { within: 1h }\n  send: *same\n"))
    let objectives = try #require(profile.groups.first).objectives
    #expect(objectives.map { $0.within?.time } == [.seconds(3600), .seconds(3600)])
    #expect(objectives.map { $0.within?.location.line } == [4, 4])
  }

  @Test func `document: long names are compared with no others`() throws {
    let name = String(repeating: "a", count: 500_000)
    let error = try #require(failure(profile("? \"\(name)\"\n: 1")))
    #expect(error.nearest == nil)
    #expect(error.message.contains("aaa…”"))
    #expect(error.description.utf8.count < 1000)
  }

  @Test func `document: an error of nobody in particular has a message and no place`() {
    let error = ProfileError("there is no such file", nearest: "server")
    #expect(error.description == "there is no such file; did you mean “server”?")
    #expect(error.file == nil)
    #expect(error.location?.line == nil)
    #expect(error.location?.column == nil)
  }
}

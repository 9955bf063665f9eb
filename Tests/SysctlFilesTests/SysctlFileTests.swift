import Randomness
import SysctlFiles
import TCPModel
import Testing

struct SysctlFileTests {
  /// A line, and what it holds: `name = value`, with a glob's path between `<>`.
  @Test(arguments: [
    ("net.ipv4.tcp_retries2 = 8", "net.ipv4.tcp_retries2 = 8"),
    ("net/ipv4/tcp_retries2=8", "net.ipv4.tcp_retries2 = 8"),
    ("\t net.ipv4.tcp_retries2\t=\t8 \t", "net.ipv4.tcp_retries2 = 8"),
    ("net.ipv4.tcp_retries2 = 8\r\r", "net.ipv4.tcp_retries2 = 8"),
    ("\u{0B}net.ipv4.tcp_retries2 = 8\u{0C}", "net.ipv4.tcp_retries2 = 8"),
    ("-net.ipv4.tcp_retries2 = 8", "- net.ipv4.tcp_retries2 = 8"),
    ("  - net.ipv4.tcp_retries2 = 8", "- net.ipv4.tcp_retries2 = 8"),
    ("-net.ipv4.tcp_retries2", "- net.ipv4.tcp_retries2"),
    ("-net.ipv4.conf.*.tag", "- <net/ipv4/conf/*/tag>"),
    ("net.ipv4.conf.*.tag = 1", "<net/ipv4/conf/*/tag> = 1"),
    ("net/ipv4/conf/eth[0-9]/tag = 1", "<net/ipv4/conf/eth[0-9]/tag> = 1"),
    ("net.ipv4.conf.eth0/7.tag = 1", "net.ipv4.conf.eth0/7.tag = 1"),
    ("net/ipv4/conf/eth0.7/tag = 1", "net.ipv4.conf.eth0/7.tag = 1"),
    ("net.ipv4.conf.eth*/7.tag = 1", "<net/ipv4/conf/eth*.7/tag> = 1"),
    ("/net//ipv4/./tcp_retries2 = 8", "net.ipv4.tcp_retries2 = 8"),
    ("net..ipv4.tcp_retries2 = 8", "net.ipv4.tcp_retries2 = 8"),
    ("net.ipv4.tcp_rmem = 4096 131072\t6291456", "net.ipv4.tcp_rmem = 4096 131072\t6291456"),
    ("net.ipv4.tcp_retries2 = 8 # why", "net.ipv4.tcp_retries2 = 8 # why"),
    ("net.ipv4.tcp_retries2 = a=b", "net.ipv4.tcp_retries2 = a=b"),
    ("net.ipv4.ip_local_reserved_ports =", "net.ipv4.ip_local_reserved_ports = "),
    ("", "blank"), (" \t\r", "blank"), ("# net.ipv4.tcp_retries2 = 8", "comment"),
    (" ;x", "comment"), ("net.ipv4.tcp_retries2 8", "noAssignment"), ("=", "noName"),
    (" = 8", "noName"), ("-", "noName"), ("-=8", "noName"),
    ("sysctl -w net.ipv4.tcp_retries2=8", "blankInName"), ("-a b", "blankInName"),
    ("--net.ipv4.tcp_retries2 = 8", "secondHyphen"),
    ("\u{FEFF}net.ipv4.tcp_retries2 = 8", "byteOrderMark"),
    ("net.ipv4.tcp_retries2 = 8\rnet.ipv4.tcp_retries1 = 2", "innerBreak"),
    ("net.ipv4.tcp_retries2 = 8\0", "innerBreak"),
    ("# why\rnet.ipv4.tcp_retries2 = 8", "innerBreak"),
  ])
  func `sysctl file: a line is told apart`(text: String, expected: String) {
    #expect(SysctlFile(parsing: text).lines.map(\.summary) == (text.isEmpty ? [] : [expected]))
    #expect(SysctlFile(parsing: text + "\n").lines.map(\.summary) == [expected])
    #expect(SysctlFile(parsing: text + "\r\n").lines.map(\.summary) == [expected])
  }

  @Test func `sysctl file: lines have their number, ending and place`() throws {
    let file = SysctlFile(parsing: "# é\r\n\n - é.b =  7 \r\nc.d = 8")
    #expect(file.lines.map(\.number) == [1, 2, 3, 4])
    #expect(file.lines.map(\.text) == ["# é", "", " - é.b =  7 ", "c.d = 8"])
    #expect(
      file.lines.map(\.ending) == [
        .carriageReturnNewline, .newline, .carriageReturnNewline, .none,
      ])
    let line = file.lines[2]
    let statement = try #require(file.statements.first)
    #expect(line.column(of: try #require(statement.hyphen)) == 2)
    #expect(line.column(of: statement.name.range.lowerBound) == 4)
    #expect(line.column(of: try #require(statement.value).range.lowerBound) == 11)
    #expect(statement.isNameApart)
    #expect(statement.ignoresFailure)
  }

  @Test func `sysctl file: an empty file has no lines`() {
    #expect(SysctlFile(parsing: "").lines.isEmpty)
    #expect(SysctlFile(parsing: "\n").lines.count == 1)
  }

  @Test(arguments: 0..<40)
  func `sysctl file: the lines make up the same bytes`(seed: Int) {
    var dice = Dice(seed: seed)
    let bytes = (0..<dice.next() % 4000).map { _ in
      dice.once(in: 3)
        ? UInt8(truncatingIfNeeded: dice.next())
        : dice.pick(10, 13, 0, 32, 45, 61, 35, 46, 47, 97, 0xEF, 0xBB, 0xBF)
    }
    let file = SysctlFile(parsing: bytes)
    #expect(file.bytes == bytes)
    #expect(SysctlFile(parsing: file.bytes) == file)
    for line in file.lines {
      guard case .statement(let statement) = line.content else { continue }
      let first = line.bytes.startIndex
      for word in [statement.name, statement.value].compactMap(\.self) {
        let range = word.range.lowerBound + first..<word.range.upperBound + first
        #expect(String(decoding: line.bytes[range], as: UTF8.self) == word.text)
      }
    }
  }
}

extension SysctlLine {
  fileprivate var summary: String {
    switch content {
    case .blank: "blank"
    case .comment: "comment"
    case .malformed(let fault): "\(fault)"
    case .statement(let statement):
      (statement.hyphen == nil ? "" : "- ") + statement.pattern.summary
        + (statement.value.map { " = \($0.text)" } ?? "")
    }
  }
}

extension SysctlPattern {
  fileprivate var summary: String {
    switch self {
    case .key(let key): key.rawValue
    case .glob(let glob): "<\(glob.path)>"
    }
  }
}

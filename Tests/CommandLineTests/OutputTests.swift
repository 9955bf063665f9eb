import Testing

/// What the reader's terminal and locale do to texts, and what they do not touch.
struct OutputTests {
  private static let base = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TERM": "xterm"]
  private static let reports = [
    ["advise", "--no-measure", "--from", Machine.stock, "--profile", "database-client"],
    ["check", "--from", Machine.stock], ["profiles", "list"],
    ["explain", "send", "--from", Machine.stock], ["explain", "rejected"],
    ["explain", "TCP_USER_TIMEOUT", "--from", Machine.stock],
  ]

  private func run(_ arguments: [String], _ environment: [String: String]) throws -> Run {
    try Run.tool(arguments, environment: Self.base.merging(environment) { $1 })
  }

  private func width(_ run: Run) -> Int { run.lines.map(\.count).max() ?? 0 }

  private func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  @Test(arguments: reports)
  func `output: where the locale has no UTF-8 reports have none`(report: [String]) throws {
    let plain = try run(report, ["LC_ALL": "C"])
    let text = try run(report, ["LC_ALL": "C.UTF-8"])
    #expect(isASCII(plain.output))
    #expect(!plain.output.contains("?"))
    #expect(plain.code == text.code)
    #expect(plain.complaint == text.complaint)
    #expect(plain.lines.count >= text.lines.count)
    if report[0] != "profiles", report[1] != "rejected" { #expect(!isASCII(text.output)) }
  }

  /// What is set, and whether UTF-8 is printed.
  @Test(arguments: [
    (["LC_ALL": "en_GB.utf8"], true), (["LC_CTYPE": "C.UTF-8"], true), (["LANG": "C.UTF-8"], true),
    ([:], false), (["LC_ALL": "C", "LC_CTYPE": "C.UTF-8", "LANG": "C.UTF-8"], false),
    (["LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], false),
    (["LC_ALL": "", "LC_CTYPE": "", "LANG": "C.UTF-8"], true),
    (["LC_MESSAGES": "C.UTF-8", "LANGUAGE": "en.UTF-8"], false),
  ])
  func `output: the first variable that is not empty decides`(
    environment: [String: String], isUTF8: Bool
  ) throws {
    let output = try run(Self.reports[1], environment).output
    #expect(isASCII(output) != isUTF8)
  }

  @Test func `output: complaints are printed in the locale's charset as well`() throws {
    #expect(try run(["explain", "conect"], ["LANG": "C"]).complaint.contains("called \"conect\""))
    #expect(
      try run(["explain", "conect"], ["LANG": "C.UTF-8"]).complaint.contains("called “conect”"))
  }

  @Test func `output: what programs read is the same everywhere`() throws {
    for arguments in [
      ["emit", "sysctl", "--profile", "server", "--kernel", "6.18"],
      ["emit", "c", "--profile", "database-client", "--kernel", "6.18"],
      ["check", "--from", Machine.stock, "--json"], ["profiles", "show", "base", "--json"],
    ] {
      let texts = try [["LC_ALL": "C", "COLUMNS": "40"], ["LC_ALL": "C.UTF-8", "COLUMNS": "160"]]
        .map { try run(arguments, $0).output }
      #expect(texts[0] == texts[1])
      #expect(!texts[0].isEmpty)
    }
  }

  /// COLUMNS, and between which widths the longest line lies.
  @Test(arguments: [
    ("60", 50...60), ("100", 81...100), ("1000", 81...100), ("", 70...80), ("wide", 70...80),
    ("-5", 70...80), ("0", 70...80), ("99999999999999999999", 70...80), ("7", 30...40),
  ])
  func `output: behind a pipe COLUMNS is a wish, and 80 the width without one`(
    columns: String, widths: ClosedRange<Int>
  ) throws {
    let check = try run(Self.reports[1], ["LC_ALL": "C.UTF-8", "COLUMNS": columns])
    #expect(widths.contains(width(check)), "\(check.output)")
  }

  @Test(
    .enabled(if: Machine.hasTerminals, "no terminal by script(1) here"),
    .enabled(if: Machine.program("stty") != nil, "no stty(1) here"),
    arguments: [(60, 50...60), (100, 81...100), (200, 81...100), (0, 60...70)])
  func `output: a terminal says its width itself, and COLUMNS where it does not`(
    columns: Int, widths: ClosedRange<Int>
  ) throws {
    let script = try #require(Machine.program("script"))
    let check = "'\(Machine.executable)' check --from '\(Machine.stock)' --color never"
    let command = "stty cols \(columns) && \(check)"
    let run = try Run(
      [script, "-qec", command, "/dev/null"],
      environment: Self.base.merging(["LC_ALL": "C.UTF-8", "COLUMNS": "70"]) { $1 })
    let lines = run.output.split(whereSeparator: \.isNewline)
    #expect(widths.contains(lines.map(\.count).max() ?? 0), "\(run.output)")
  }
}

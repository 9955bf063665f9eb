import Foundation
import TemporaryFolders
import Testing

/// Standard streams as nobody wants them: closed, full, slow, of the wrong direction.
struct StreamTests {
  /// Every command, in each of its formats.
  private static let lines: [String] =
    [
      "advise --no-measure", "advise --no-measure --markdown", "advise --no-measure --html -",
      "measure connect --budget 50ms", "measure connect --budget 50ms --format csv", "files",
      "emit sysctl", "emit --list", "emit haproxy", "explain idle", "explain --took 127s",
      "explain --list", "explain TA001", "lint", "lint --rules", "manual", "profiles list",
      "profiles show server", "profiles schema", "profiles software", "schema", "schema check",
      "snapshot", "snapshot --compact", "--help", "--version", "--generate-completion-script bash",
      "probe 127.0.0.1:1 --expect refused",
    ]
    + formats(
      "check", ["text", "junit", "tap", "sarif", "github", "gitlab", "checkstyle", "prometheus"])
    + formats("sockets", ["text", "json", "jsonl", "csv"])
    + formats("fleet FOLDER", ["text", "json", "jsonl", "csv", "prometheus"])
    + formats("probe 127.0.0.1:1", ["text", "json", "jsonl", "csv", "prometheus"])
    + formats(
      "lint FOLDER/untidy", ["text", "json", "sarif", "github", "gitlab", "junit", "checkstyle"])
    + ["advise --no-measure", "check", "files", "explain idle", "emit sysctl"].map {
      $0 + " --json"
    }

  private static func formats(_ command: String, _ names: [String]) -> [String] {
    names.map { "\(command) --format \($0)" }
  }

  /// Runs a command with its streams redirected as a shell does it.
  private func run(_ line: String, _ redirection: String, in folder: TemporaryFolder) throws -> Run
  {
    let words = line.replacing("FOLDER", with: folder.path).split(separator: " ").map(String.init)
    return try Run(
      ["/bin/sh", "-c", "exec \"$@\" \(redirection)", "sh", Machine.executable] + words)
  }

  private static func folder() throws -> TemporaryFolder {
    try TemporaryFolder([
      "one": try Machine.stockText, "untidy": "net.ipv4.tcp_tw_recycle=1\n",
    ])
  }

  @Test(arguments: lines)
  func `streams: what cannot be written is no success, and says so`(line: String) throws {
    let folder = try Self.folder()
    for (redirection, error) in [
      (">/dev/full", "ENOSPC"), (">&-", "EBADF"), ("1</dev/null", "EBADF"),
    ] {
      let run = try run(line, redirection, in: folder)
      #expect(run.code == 2, "\(redirection)")
      #expect(
        run.complaint.contains("write standard output: \(error)"),
        "\(redirection): \(run.complaint)")
    }
  }

  @Test(arguments: lines)
  func `streams: without standard input and error everything is as it is with them`(line: String)
    throws
  {
    let folder = try Self.folder()
    let plain = try run(line, "", in: folder)
    let lonely = try run(line, "<&- 2>&-", in: folder)
    #expect(lonely.code == plain.code)
    #expect(lonely.output.isEmpty == plain.output.isEmpty)
    #expect(lonely.complaint == "")
  }

  @Test(
    arguments: [
      "explain --list", "schema advise", "profiles software", "emit --list", "fleet FOLDER --json",
      "check --from FOLDER/one --json",
    ])
  func `streams: who reads slowly gets everything, also from a pipe that does not wait`(
    line: String
  )
    throws
  {
    let folder = try Self.folder()
    let words = line.replacing("FOLDER", with: folder.path).split(separator: " ").map(String.init)
    let plain = try Run.tool(words)
    let reader = """
      import os, subprocess, sys, time
      read, write = os.pipe()
      os.set_blocking(write, False)
      child = subprocess.Popen(sys.argv[1:], stdout=write)
      os.close(write)
      while True:
          time.sleep(0.002)
          part = os.read(read, 700)
          if not part: break
          os.write(1, part)
      sys.exit(child.wait())
      """
    let slow = try Run(["/usr/bin/env", "python3", "-c", reader, Machine.executable] + words)
    #expect(slow.code == plain.code)
    #expect(slow.output == plain.output)
  }

  @Test func `streams: an input that cannot be read is named`() throws {
    let folder = try Self.folder()
    for redirection in ["<&-", "0>/dev/null"] {
      for line in ["check --from -", "lint -", "probe --file - --port 1", "fleet -"] {
        let run = try run(line, redirection, in: folder)
        #expect(run.code == 2, "\(line) \(redirection)")
        #expect(run.complaint + run.output != "", "\(line) \(redirection)")
        #expect(!run.complaint.contains("Fatal"), "\(line) \(redirection)")
      }
    }
  }
}

import Foundation
import Observations
import TCPModel
import Testing

@testable import Probes

struct SysctlDirectoriesTests {
  private static let dropIn = "60-tcpadvisor-server.conf"
  private static let retries: [SysctlKey: String] = [.tcpSynRetries: "4"]

  /// What overrides the drop-in in a tree of files: `file:line value`.
  private func overrides(
    _ files: [String: String], planned: [SysctlKey: String] = retries, _ name: String = dropIn
  ) throws -> [String] {
    let tree = try TemporaryTree(files)
    let found = SysctlDirectories(root: tree.path).surroundings(of: name, setting: planned)
    #expect(found.unreadFiles.isEmpty)
    return found.overrides.map { override in
      "\(override.file.replacingOccurrences(of: "\(tree.path)/", with: "")):\(override.line)"
        + " \(override.value)"
    }
  }

  @Test func `later names override, earlier ones do not`() throws {
    let line = "net.ipv4.tcp_syn_retries = 5\n"
    #expect(try overrides(["etc/sysctl.d/50-early.conf": line]) == [])
    #expect(try overrides(["etc/sysctl.d/70-late.conf": line]) == ["etc/sysctl.d/70-late.conf:1 5"])
    #expect(
      try overrides(["usr/lib/sysctl.d/70-late.conf": line]) == [
        "usr/lib/sysctl.d/70-late.conf:1 5"
      ])
    #expect(try overrides(["etc/sysctl.d/\(Self.dropIn)": line]) == [])
    #expect(try overrides(["etc/sysctl.d/70-late.txt": line]) == [])
  }

  @Test func `sysctl conf comes after all`() throws {
    let line = "net.ipv4.tcp_syn_retries = 5\n"
    #expect(try overrides(["etc/sysctl.conf": line]) == ["etc/sysctl.conf:1 5"])
    #expect(
      try overrides([
        "etc/sysctl.conf": line, "run/sysctl.d/99-z.conf": line, "etc/sysctl.d/61-a.conf": line,
      ]) == ["etc/sysctl.d/61-a.conf:1 5", "run/sysctl.d/99-z.conf:1 5", "etc/sysctl.conf:1 5"])
  }

  @Test func `a file in a higher folder masks one of the same name below`() throws {
    let line = "net.ipv4.tcp_syn_retries = 5\n"
    let folders = [
      "etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d",
    ]
    for (higher, lower) in zip(folders, folders.dropFirst()) {
      #expect(
        try overrides(["\(higher)/70-x.conf": "# masked\n", "\(lower)/70-x.conf": line]) == [])
      #expect(
        try overrides(["\(lower)/70-x.conf": "# empty\n", "\(higher)/70-x.conf": line])
          == ["\(higher)/70-x.conf:1 5"])
    }
  }

  @Test func `a link to dev null masks`() throws {
    let tree = try TemporaryTree(["usr/lib/sysctl.d/70-x.conf": "net.ipv4.tcp_syn_retries = 5\n"])
    try tree.link("etc/sysctl.d/70-x.conf", to: "/dev/null")
    let found = SysctlDirectories(root: tree.path).surroundings(
      of: Self.dropIn, setting: Self.retries)
    #expect(found.overrides.isEmpty && found.unreadFiles.isEmpty)
  }

  @Test(arguments: [
    ("net/ipv4/tcp_syn_retries = 5", ["1 5"]), ("net.ipv4.tcp_syn_retries=5", ["1 5"]),
    ("  -net.ipv4.tcp_syn_retries = 5", ["1 5"]), ("net.ipv4.tcp_syn_* = 5", ["1 5"]),
    ("net/ipv4/tcp_syn_* = 5", ["1 5"]), ("net.ipv4.tcp_syn_retrie? = 5", ["1 5"]),
    ("\tnet.ipv4.tcp_syn_retries\t=\t5\t", ["1 5"]), ("net.ipv4.tcp_syn_retries = 4", []),
    ("# net.ipv4.tcp_syn_retries = 5", []), ("; net.ipv4.tcp_syn_retries = 5", []),
    ("net.ipv4.tcp_retries2 = 5", []), ("net.ipv4.tcp_syn_retries", []),
    ("-net.ipv4.tcp_syn_retries", []), ("net.ipv4.tcp_syn_retries = 5\r", ["1 5"]),
    ("\n\nnet.ipv4.tcp_syn_retries = 5\nnet.ipv4.tcp_syn_retries = 3", ["3 5", "4 3"]),
  ])
  func `lines are read as sysctl reads them`(text: String, expected: [String]) throws {
    #expect(
      try overrides(["etc/sysctl.conf": text]) == expected.map { "etc/sysctl.conf:\($0)" })
  }

  @Test func `only planned keys are named, blanks between numbers do not count`() throws {
    let memory = SysctlKey("net.ipv4.tcp_rmem")
    let planned: [SysctlKey: String] = [.tcpSynRetries: "4", memory: "4096 131072 6291456"]
    #expect(
      try overrides(
        ["etc/sysctl.conf": "net.ipv4.tcp_rmem = 4096\t131072  6291456\n"], planned: planned) == [])
    #expect(
      try overrides(
        ["etc/sysctl.conf": "net.ipv4.tcp_* = 7\nnet.core.* = 1\n"], planned: planned)
        == ["etc/sysctl.conf:1 7", "etc/sysctl.conf:1 7"])
    #expect(try overrides(["etc/sysctl.conf": "net.ipv4.tcp_* = 7\n"], planned: [:]) == [])
  }

  @Test func `a file that cannot be read is named with the reason`() throws {
    let tree = try TemporaryTree()
    try tree.makeFolder("etc/sysctl.d/70-folder.conf")
    try tree.link("etc/sysctl.d/80-loop.conf", to: "80-loop.conf")
    try tree.write("etc/sysctl.d/90-large.conf", String(repeating: "#\n", count: 600_000))
    try tree.link("etc/sysctl.d/95-gone.conf", to: "/nonexistent")
    let found = SysctlDirectories(root: tree.path).surroundings(
      of: Self.dropIn, setting: Self.retries)
    let folder = "\(tree.path)/etc/sysctl.d"
    #expect(
      found.unreadFiles == [
        "\(folder)/70-folder.conf": "EISDIR", "\(folder)/80-loop.conf": "ELOOP",
        "\(folder)/90-large.conf": "EFBIG",
      ])
    #expect(found.overrides.isEmpty)
  }
}

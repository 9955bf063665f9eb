import Foundation
import SysctlFiles
import TCPModel
import TemporaryFolders
import Testing

@testable import Probes

struct SysctlDirectoriesTests {
  private static let dropIn = "60-tcpadvisor-server.conf"
  private static let retries: [SysctlKey: SysctlValue] = [.tcpSynRetries: 4]

  /// What overrides the drop-in in a tree of files: `file:line value`.
  private func overrides(
    _ files: [String: String], planned: [SysctlKey: SysctlValue] = retries, _ name: String = dropIn
  ) throws -> [String] {
    let tree = try TemporaryFolder(files)
    let found = SysctlDirectories(root: tree.path).settings
    #expect(found.unreadableFiles(after: name).isEmpty)
    return try found.overrides(of: name, setting: planned).map { override in
      "\(override.file.replacingOccurrences(of: "\(tree.path)/", with: "")):\(try #require(override.line))"
        + " \(try #require(override.value))"
    }
  }

  @Test func `sysctl directories: later names override, earlier ones do not`() throws {
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

  @Test func `sysctl directories: sysctl conf comes after all`() throws {
    let line = "net.ipv4.tcp_syn_retries = 5\n"
    #expect(try overrides(["etc/sysctl.conf": line]) == ["etc/sysctl.conf:1 5"])
    #expect(
      try overrides([
        "etc/sysctl.conf": line, "run/sysctl.d/99-z.conf": line, "etc/sysctl.d/61-a.conf": line,
      ]) == ["etc/sysctl.d/61-a.conf:1 5", "run/sysctl.d/99-z.conf:1 5", "etc/sysctl.conf:1 5"])
  }

  @Test
  func `sysctl directories: a file in a higher folder masks one of the same name below`() throws {
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

  @Test func `sysctl directories: a link to dev null masks`() throws {
    let tree = try TemporaryFolder(["usr/lib/sysctl.d/70-x.conf": "net.ipv4.tcp_syn_retries = 5\n"])
    try tree.link("etc/sysctl.d/70-x.conf", to: "/dev/null")
    let found = SysctlDirectories(root: tree.path).settings
    #expect(found.configuration.files[.etc]?.map(\.target) == ["/dev/null"])
    #expect(found.overrides(of: Self.dropIn, setting: Self.retries).isEmpty)
    #expect(found.unreadableFiles(after: Self.dropIn).isEmpty)
  }

  @Test(arguments: [
    ("net/ipv4/tcp_syn_retries = 5", ["1 5"]), ("net.ipv4.tcp_syn_retries=5", ["1 5"]),
    // What the drop-in names, no glob sets.
    ("  -net.ipv4.tcp_syn_retries = 5", ["1 5"]), ("net.ipv4.tcp_syn_* = 5", []),
    ("net/ipv4/tcp_syn_* = 5", []), ("net.ipv4.tcp_syn_retrie? = 5", []),
    ("\tnet.ipv4.tcp_syn_retries\t=\t5\t", ["1 5"]), ("net.ipv4.tcp_syn_retries = 4", []),
    ("# net.ipv4.tcp_syn_retries = 5", []), ("; net.ipv4.tcp_syn_retries = 5", []),
    ("net.ipv4.tcp_retries2 = 5", []), ("net.ipv4.tcp_syn_retries", []),
    ("-net.ipv4.tcp_syn_retries", []), ("net.ipv4.tcp_syn_retries = 5\r", ["1 5"]),
    ("\n\nnet.ipv4.tcp_syn_retries = 5\nnet.ipv4.tcp_syn_retries = 3", ["3 5", "4 3"]),
  ])
  func `sysctl directories: lines are read as sysctl reads them`(text: String, expected: [String])
    throws
  {
    #expect(
      try overrides(["etc/sysctl.conf": text]) == expected.map { "etc/sysctl.conf:\($0)" })
  }

  @Test
  func `sysctl directories: only planned keys are named, blanks between numbers do not count`()
    throws
  {
    let memory = SysctlKey("net.ipv4.tcp_rmem")
    let planned: [SysctlKey: SysctlValue] = [
      .tcpSynRetries: 4, memory: .numbers([4096, 131_072, 6_291_456]),
    ]
    #expect(
      try overrides(
        ["etc/sysctl.conf": "net.ipv4.tcp_rmem = 4096\t131072  6291456\n"], planned: planned) == [])
    let both = "net.ipv4.tcp_syn_retries = 7\nnet.core.somaxconn = 1\nnet.ipv4.tcp_rmem = 7\n"
    #expect(
      try overrides(["etc/sysctl.conf": both], planned: planned)
        == ["etc/sysctl.conf:1 7", "etc/sysctl.conf:3 7"])
    #expect(try overrides(["etc/sysctl.conf": both], planned: [:]) == [])
  }

  @Test(arguments: ["../sysctl.conf", "/etc/sysctl.conf", "second", "./..//sysctl.conf"])
  func `sysctl directories: a link leads below the root, and a file with two names counts once`(
    target: String
  ) throws {
    let tree = try TemporaryFolder(["etc/sysctl.conf": "net.ipv4.tcp_syn_retries = 5\n"])
    try tree.link("etc/sysctl.d/99-sysctl.conf", to: target)
    try tree.link("etc/sysctl.d/second", to: "/etc/../etc/sysctl.conf")
    let found = SysctlDirectories(root: tree.path).settings
    #expect(found.configuration.files[.etc]?.map(\.target) == ["\(tree.path)/etc/sysctl.conf"])
    #expect(
      found.overrides(of: Self.dropIn, setting: Self.retries).map(\.file)
        == ["\(tree.path)/etc/sysctl.conf"])
  }

  @Test(arguments: [
    (nil, 1), ("ENABLED=yes\nLOGLEVEL=low\n", 1), ("# ufw\nENABLED=no\n", 0),
    ("ENABLED=no\r\n", 0),
  ])
  func `sysctl directories: what ufw sets counts unless it is off`(state: String?, count: Int)
    throws
  {
    var files = ["etc/ufw/sysctl.conf": "net/ipv4/tcp_syn_retries=5\n"]
    files["etc/ufw/ufw.conf"] = state
    #expect(try overrides(files).count == count)
  }

  @Test func `sysctl directories: a directory with two names is read once`() throws {
    let tree = try TemporaryFolder(["usr/lib/sysctl.d/70-x.conf": "net.ipv4.tcp_syn_retries = 5\n"])
    try tree.link("lib", to: "usr/lib")
    let found = SysctlDirectories(root: tree.path).configuration
    #expect(found.files.keys.sorted { $0.rawValue < $1.rawValue } == [.usrLib])
    #expect(found.mainFile == nil)
  }

  @Test func `sysctl directories: a file that cannot be read is named with the reason`() throws {
    let tree = try TemporaryFolder()
    try tree.makeFolder("etc/sysctl.d/70-folder.conf")
    try tree.link("etc/sysctl.d/80-loop.conf", to: "80-loop.conf")
    try tree.write("etc/sysctl.d/90-large.conf", String(repeating: "#\n", count: 2_200_000))
    try tree.link("etc/sysctl.d/95-gone.conf", to: "/nonexistent")
    let found = SysctlDirectories(root: tree.path).settings
    let folder = "\(tree.path)/etc/sysctl.d"
    #expect(
      found.unreadableFiles(after: Self.dropIn) == [
        "\(folder)/70-folder.conf": "EISDIR", "\(folder)/80-loop.conf": "ELOOP",
        "\(folder)/90-large.conf": "EFBIG",
      ])
    #expect(found.overrides(of: Self.dropIn, setting: Self.retries).isEmpty)
  }
}

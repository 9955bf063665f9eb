import Foundation
import TemporaryFolders
import Testing

/// Whatever system call fails, a command ends with what it has, or says why it has nothing.
struct FaultTests {
  private static let commands = [
    "measure send --option TCP_USER_TIMEOUT=200 --budget 700ms", "measure connect --budget 100ms",
    "advise --budget 100ms", "sockets", "sockets --format json", "snapshot --sockets",
    "probe 127.0.0.1:1 [::1]:1 localhost:1", "check", "files", "lint --fix --write FOLDER/untidy",
    "emit sysctl -o FOLDER/new", "emit sysctl ansible --output-dir FOLDER/role",
    "explain idle --html FOLDER/page", "fleet FOLDER/fleet",
  ]

  private static func folder() throws -> TemporaryFolder {
    try TemporaryFolder([
      "untidy": "net.ipv4.tcp_tw_recycle=1\n", "fleet/one": try Machine.stockText,
      "fleet/two": try Machine.stockText,
    ])
  }

  @Test(Machine.needs("strace"), arguments: commands)
  func `faults: whatever call fails, there is an answer or a reason, and nothing is left`(
    line: String
  ) throws {
    let folder = try Self.folder()
    let arguments = line.replacing("FOLDER", with: folder.path).split(separator: " ").map(
      String.init)
    let trace = try Trace(of: arguments, noting: Fault.errors.keys.sorted())
    let faults = Fault.faults(in: trace.calls)
    try #require(faults.count > 30)
    for fault in Fault.chosen(from: faults, count: 6) {
      _ = try folder.write("untidy", "net.ipv4.tcp_tw_recycle=1\n")
      // strace itself ends only when all processes of the command have.
      let run = try Run.tool(arguments, wrapper: fault.wrapper)
      let place = "\(line) \(fault): code \(run.code), \(run.complaint.suffix(300))"
      #expect((0...2).contains(run.code), "\(place)")
      #expect(!run.complaint.contains("Fatal error"), "\(place)")
      #expect(
        run.code != 2 || fault.call == "write" || run.output + run.complaint != "", "\(place)")
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        .filter { $0.split(separator: "/").last?.hasPrefix(".") == true }
      #expect(left.isEmpty || fault.call == "unlink", "\(place): \(left)")
    }
  }

  /// Those that once made it hang or crash.
  @Test(
    Machine.needs("strace"),
    arguments: [("probe 127.0.0.1:1 localhost:1", Fault("write", "EIO", "1+"))])
  func `faults: what was found once is mended`(line: String, fault: Fault?) throws {
    let fault = try #require(fault)
    let arguments = line.split(separator: " ").map(String.init)
    #expect((0...2).contains(try Run.tool(arguments, wrapper: fault.wrapper).code))
  }

  @Test(
    Machine.needs("strace"),
    arguments: [
      ("write", "ENOSPC"), ("write", "EDQUOT"), ("write", "EIO"), ("fsync", "EIO"),
      ("rename", "EROFS"), ("fchmod", "EPERM"),
    ],
    ["emit sysctl -o FOLDER/file", "check -o FOLDER/file", "explain idle --html FOLDER/file"])
  func `faults: a file that cannot be written whole stays as it was`(
    fault: (call: String, error: String), line: String
  ) throws {
    let folder = try TemporaryFolder(["file": "before\n"])
    let arguments = line.replacing("FOLDER", with: folder.path).split(separator: " ").map(
      String.init)
    let first = try #require(Fault(fault.call, fault.error, "1"))
    let run = try Run.tool(arguments, wrapper: first.wrapper)
    #expect(run.code == 2)
    #expect(run.complaint.contains("cannot write \(folder.path)/file: \(fault.error)"))
    #expect(try folder.text("file") == "before\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
  }
}

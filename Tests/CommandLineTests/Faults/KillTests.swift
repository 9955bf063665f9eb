import Foundation
import Glibc
import TemporaryFolders
import Testing

/// Nothing is left of a command that is killed, whenever that is.
struct KillTests {
  @Test(arguments: [
    ("measure connect send --budget 2s", 400), ("advise --budget 2s", 400), ("sockets", 60),
    ("probe 127.0.0.1:1-3000 localhost:1", 120), ("fleet FOLDER", 60),
  ])
  func `kill: no process is left`(line: String, milliseconds: UInt32) throws {
    var files: [String: String] = [:]
    for number in 0..<40 { files["host-\(number)"] = try Machine.stockText }
    let folder = try TemporaryFolder(files)
    // Its own name for the program tells its processes from those of other tests.
    let program = "\(folder.path)/program"
    try #require(try Run(["/bin/cp", Machine.executable, program]).code == 0)
    let arguments = line.replacing("FOLDER", with: folder.path).split(separator: " ").map(
      String.init)
    for _ in 0..<(Fault.all ? 250 : 12) {
      let streams = try TemporaryFolder(["0": "", "1": "", "2": ""])
      let child = try Run.start(
        [program] + arguments, nil, in: nil,
        streams: ["0", "1", "2"].map { "\(streams.path)/\($0)" })
      usleep(.random(in: 0...milliseconds * 1000))
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
      #expect(Running.comes(within: 5) { Self.processes(of: program).isEmpty })
    }
  }

  private static func processes(of program: String) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/exe")) == program
    }
  }
}

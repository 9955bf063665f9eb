import Foundation
import Testing

/// The executable as the linker left it.
struct ExecutableTests {
  @Test func `executable: it is position-independent`() throws {
    let file = try #require(FileHandle(forReadingAtPath: Machine.executable))
    let header = try #require(try file.read(upToCount: 18))
    #expect(header.starts(with: Data("\u{7f}ELF".utf8)))
    // e_type, ET_DYN.
    #expect(Array(header.dropFirst(16)) == [3, 0])
  }

  @Test func `executable: --experimental-dump-help is JSON that names every command`() throws {
    let run = try Run.tool("--experimental-dump-help")
    #expect(run.code == 0)
    let command = try run.otherJSON["command"]
    #expect(command["commandName"].string == "tcpadvisor")
    let names = command["subcommands"].array.compactMap { $0["commandName"].string }
    #expect(Set(names).isSuperset(of: ["advise", "check", "emit", "explain", "measure", "probe"]))
    let own = try Run.tool("probe", "--experimental-dump-help")
    #expect(try own.otherJSON["command"]["commandName"].string == "probe")
  }
}

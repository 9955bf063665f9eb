import Glibc
import NetAddress
import Testing

@testable import Linux

struct OtherProcessTests {
  private let own = getpid()

  @Test func `processes: this one is among them, and its sockets have their inodes`() throws {
    let socket = try Descriptor.streamSocket(.v4)
    // Open before they are listed: its number was another test's socket else.
    let file = try Descriptor.opening("/dev/null", O_RDONLY)
    #expect(try ProcFS().processes().contains(own))
    var found: [Int32: UInt64] = [:]
    try ProcFS().sockets(of: own) { found[$0] = $1 }
    let inode = try ProcFS().inode("self/fd/\(socket.number)")
    #expect(found[socket.number] == inode)
    #expect(found[file.number] == nil)
  }

  @Test func `processes: one that has ended has no sockets`() {
    #expect(throws: SystemCallError.self) { try ProcFS().sockets(of: .max) { _, _ in } }
  }

  @Test(arguments: [
    ("socket:[1]", 1), ("socket:[4294967295]", 4_294_967_295), ("socket:[]", nil),
    ("socket:[1", nil), ("pipe:[1]", nil), ("", nil), ("socket:[1x]", nil), ("socket:[-1]", nil),
  ])
  func `processes: only what a socket's link says is an inode`(target: String, inode: UInt64?) {
    #expect(ProcFS.inode(target.utf8.map { CChar(bitPattern: $0) }) == inode)
  }

  @Test func `pidfd: a duplicate is the same socket`() throws {
    let socket = try Descriptor.streamSocket(.v6)
    let process = try ProcessDescriptor(of: own)
    let duplicate = try process.duplicate(socket.number)
    #expect(duplicate.number != socket.number)
    #expect(try duplicate.cookie() == socket.cookie())
  }

  @Test func `pidfd: what is not there is refused and nothing traps`() throws {
    let process = try ProcessDescriptor(of: own)
    #expect {
      _ = try process.duplicate(.max)
    } throws: {
      ($0 as? SystemCallError)?.code == .badDescriptor
    }
    #expect {
      _ = try ProcessDescriptor(of: .max)
    } throws: {
      [.noProcess, .invalidArgument].contains(($0 as? SystemCallError)?.code)
    }
  }

  @Test func `users: names are those of the host's own file`() {
    let users = UserNames(
      parsing: """
        root:x:0:0:root:/root:/bin/bash
        toor:x:0:0::/root:/bin/sh
        # remark
        broken
        :x:7:7::/:
        post:gres:x:9
        postgres:x:113:120:PostgreSQL:/var/lib/postgresql:/bin/bash
        """)
    #expect(users[0] == "root")
    #expect(users[113] == "postgres")
    #expect(users[7] == nil)
    #expect(users[1] == nil)
    #expect(UserNames(root: "/nowhere")[0] == nil)
  }
}

import Glibc
import Restrictions
import TemporaryFolders
import Testing

@testable import Linux

/// What a thread can still do that has given up its rights.
struct ConfinementTests {
  private static let canFilter =
    (try? OwnThread.run { try #require(Confinement.enter(keeping: []).filtersCalls) }) != nil

  /// Runs in a thread that keeps some rights.
  private func confined(
    to rights: Rights, writing paths: [String] = [], _ action: (Confinement) throws -> Void
  ) throws {
    try OwnThread.run {
      let confinement = Confinement.enter(keeping: rights, writing: paths)
      try #require(confinement.hasNoNewPrivileges && confinement.filtersCalls)
      try action(confinement)
    }
  }

  private func code(_ action: () throws -> Void) -> Errno? {
    do {
      try action()
      return nil
    } catch {
      return (error as? SystemCallError)?.code
    }
  }

  private func socketCode(_ domain: CInt, _ kind: __socket_type) -> Errno? {
    code {
      _ = Descriptor(
        owning: try systemCall("socket", on: "a domain") { socket(domain, CInt(kind.rawValue), 0) })
    }
  }

  @Test(.enabled("no filters of system calls here") { canFilter })
  func `confinement: with nothing kept a thread reads and counts, and that is all`() throws {
    let folder = try TemporaryFolder(["there": "text"])
    let path = "\(folder.path)/there"
    try confined(to: []) { confinement in
      #expect(try ProcFS(root: folder.path).text("there") == "text")
      #expect(code { _ = try Descriptor.opening(path, O_WRONLY) } == .notPermitted)
      #expect(code { _ = try Descriptor.opening(path, O_RDWR) } == .notPermitted)
      #expect(
        code { _ = try Descriptor.opening(path + "x", O_RDONLY | O_CREAT, mode: 0o600) }
          == .notPermitted)
      #expect(code { try AtomicFile.write("x".utf8, to: path) } == .notPermitted)
      #expect(code { try Folders.make(above: "\(folder.path)/a/b") } == .notPermitted)
      #expect(unlink(path) == -1 && errno == EPERM)
      #expect(socketCode(AF_INET, SOCK_STREAM) == .addressFamilyNotSupported)
      #expect(socketCode(AF_INET6, SOCK_DGRAM) == .addressFamilyNotSupported)
      #expect(socketCode(AF_PACKET, SOCK_RAW) == .addressFamilyNotSupported)
      #expect(socketCode(AF_UNIX, SOCK_STREAM) == nil)
      #expect(socketCode(AF_NETLINK, SOCK_RAW) == nil)
      #expect(code { try NetworkNamespace.enterNew() } == .notPermitted)
      #expect(code { try NetworkNamespace.enter("/proc/self/ns/net") } == .notPermitted)
      #expect(Glibc.kill(getpid(), 0) == -1 && errno == EPERM)
      let pipe = try Descriptor.pipe()
      #expect(
        code {
          _ = try ChildProcess(running: ["/bin/true"], input: pipe.readEnd, output: pipe.writeEnd)
        } == .notPermitted)
      // Threads are made as before.
      var workers = [1, 2, 3].makeIterator()
      let results = try OrderedWorkers(items: { workers.next() }, work: { $0 * 2 })
      #expect(results.take() == 2 && results.take() == 4)
    }
    #expect(try folder.text("there") == "text")
  }

  @Test(.enabled("no filters of system calls here") { canFilter })
  func `confinement: files are written where that was asked for, and nowhere else`() throws {
    let folder = try TemporaryFolder(["named/old": "old", "other/old": "old", "file": "old"])
    try folder.link("link", to: "other/old")
    let path = folder.path
    try confined(to: .files, writing: ["\(path)/named", "/dev/null"]) { confinement in
      try AtomicFile.write("new".utf8, to: "\(path)/named/old")
      try Folders.make(above: "\(path)/named/deep/er/file")
      try AtomicFile.write("new".utf8, to: "\(path)/named/deep/er/file")
      try AtomicFile.write("new".utf8, to: "/dev/null")
      guard confinement.landlock != nil else { return }
      #expect(code { try AtomicFile.write("new".utf8, to: "\(path)/other/old") } == .accessDenied)
      #expect(code { try AtomicFile.write("new".utf8, to: "\(path)/new") } == .accessDenied)
      #expect(code { _ = try Descriptor.opening("\(path)/file", O_WRONLY) } == .accessDenied)
      #expect(unlink("\(path)/file") == -1)
    }
    #expect(try folder.text("named/old") == "new")
    #expect(try folder.text("named/deep/er/file") == "new")
    #expect(try folder.text("other/old") == "old")
  }

  @Test(.enabled("no filters of system calls here") { canFilter })
  func `confinement: what a link leads to can be replaced, as can what is not there yet`() throws {
    let folder = try TemporaryFolder(["real/old": "old", "links/other": "", "new/file": ""])
    try folder.link("links/link", to: "../real/old")
    let path = folder.path
    let paths = ["\(path)/links/link", "\(path)/new/deep/file"]
    try confined(to: .files, writing: paths) { confinement in
      try AtomicFile.write("new".utf8, to: paths[0])
      try Folders.make(above: paths[1])
      try AtomicFile.write("new".utf8, to: paths[1])
      guard confinement.landlock != nil else { return }
      #expect(code { try AtomicFile.write("x".utf8, to: "\(path)/links/other") } == .accessDenied)
    }
    #expect(try folder.text("real/old") == "new")
    #expect(try folder.text("new/deep/file") == "new")
  }

  @Test(.enabled("no filters of system calls here") { canFilter })
  func `confinement: a right that is kept works`() throws {
    try confined(to: [.network, .children]) { _ in
      #expect(socketCode(AF_INET, SOCK_STREAM) == nil)
      #expect(Glibc.kill(getpid(), 0) == 0)
    }
  }

  @Test(.enabled("no filters of system calls here") { canFilter })
  func `confinement: programs have no more rights than who starts them`() throws {
    let folder = try TemporaryFolder(["there": "text"])
    let path = "\(folder.path)/there"
    try confined(to: .programs) { _ in
      let input = try Descriptor.pipe()
      let output = try Descriptor.pipe()
      var child = try ChildProcess(
        running: ["/bin/sh", "-c", ": > \(path)"], input: input.readEnd, output: output.writeEnd)
      #expect(try child.wait() != 0)
    }
    #expect(try folder.text("there") == "text")
  }

  @Test(.enabled("no filters of system calls here") { canFilter && getuid() == 0 })
  func `confinement: root keeps the capabilities of what it does, and gets none back`() throws {
    try confined(to: [.processes, .programs]) { confinement in
      #expect(confinement.kept.isSubset(of: [.dacReadSearch, .sysPtrace]))
      #expect(confinement.kept.isDisjoint(with: confinement.dropped))
      let status = try ProcFS().text("thread-self/status")
      let bits = confinement.kept.bits
      for name in ["CapPrm", "CapEff", "CapBnd"] {
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name) })
        let text = try #require(line.split(separator: "\t").last)
        #expect(UInt64(text, radix: 16) == bits, "\(line)")
      }
    }
  }

  @Test func `confinement: capabilities are called as the kernel calls them`() throws {
    #expect(Capability.allCases.count == 41)
    let header = try #require(
      try? ProcFS(root: "/usr/include/linux").text("capability.h", limit: 1 << 20))
    for line in header.split(separator: "\n") where line.hasPrefix("#define CAP_") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, let number = Int(words[2]) else { continue }
      #expect(Capability(rawValue: number)?.name == String(words[1]))
    }
  }
}

import Glibc
import Linux
import TemporaryFolders
import Testing

struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func mode(of path: String) -> UInt32 {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o7777 : 0
  }

  @Test func `files: a file of proc is read whole`() throws {
    let release = try ProcFS().text("sys/kernel/osrelease")
    #expect(release.hasSuffix("\n"))
    #expect(release.contains("."))
  }

  @Test func `files: a file at the limit is read and a longer one refused`() throws {
    try AtomicFile.write([UInt8](repeating: 65, count: 100), to: "\(folder.path)/file")
    let files = ProcFS(root: folder.path)
    #expect(try files.bytes("file", limit: 100).count == 100)
    let error = #expect(throws: SystemCallError.self) { try files.bytes("file", limit: 99) }
    #expect(error?.code == .fileTooLarge)
  }

  @Test func `files: a named pipe without a writer is read as empty`() throws {
    mkfifo("\(folder.path)/pipe", 0o600)
    #expect(try ProcFS(root: folder.path).bytes("pipe").isEmpty)
  }

  @Test func `files: a folder is listed in order`() throws {
    for name in ["b", "a"] { try AtomicFile.write([], to: "\(folder.path)/\(name)") }
    #expect(try ProcFS(root: folder.path).list("") == ["a", "b"])
  }

  @Test func `files: the link and the inode of a namespace name the same number`() throws {
    let link = try ProcFS().link("self/ns/net")
    #expect(link == "net:[\(try ProcFS().inode("self/ns/net"))]")
  }

  @Test func `files: a written file has mode 0644 whatever the umask`() throws {
    let before = umask(0o077)
    defer { umask(before) }
    try AtomicFile.write(Array("text".utf8), to: "\(folder.path)/file")
    #expect(mode(of: "\(folder.path)/file") == 0o644)
    #expect(folder.names == ["file"])
  }

  @Test func `files: a file is replaced as a whole`() throws {
    try AtomicFile.write(Array("a long first text".utf8), to: "\(folder.path)/file")
    try AtomicFile.write(Array("short".utf8), to: "\(folder.path)/file")
    #expect(try ProcFS(root: folder.path).text("file") == "short")
  }

  @Test func `files: a write that fails leaves nothing behind`() {
    mkdir("\(folder.path)/taken", 0o755)
    defer { rmdir("\(folder.path)/taken") }
    #expect(throws: SystemCallError.self) {
      try AtomicFile.write([1], to: "\(folder.path)/taken")
    }
    #expect(throws: SystemCallError.self) {
      try AtomicFile.write([1], to: "\(folder.path)/missing/file")
    }
    #expect(throws: SystemCallError.self) {
      try AtomicFile.write([1], to: "\(folder.path)/file/")
    }
    #expect(folder.names == ["taken"])
  }

  @Test func `files: a link stays a link and its target is replaced`() throws {
    try AtomicFile.write([1], to: "\(folder.path)/target")
    symlink("target", "\(folder.path)/link")
    try AtomicFile.write(Array("new".utf8), to: "\(folder.path)/link")
    #expect(try ProcFS(root: folder.path).link("link") == "target")
    #expect(try ProcFS(root: folder.path).text("target") == "new")
  }

  @Test func `files: a device is written into and stays a device`() throws {
    try AtomicFile.write([1], to: "/dev/null")
    var facts = stat()
    stat("/dev/null", &facts)
    #expect(facts.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func `files: a reader that has gone is an outcome`() throws {
    DescriptorIO.ignoreBrokenPipes()
    let number: CInt
    do {
      let pipe = try Descriptor.pipe()
      number = dup(pipe.writeEnd.number)
    }
    let writer = Descriptor(owning: number)
    #expect(try DescriptorIO.writeAll([1], to: writer.number, "a pipe") == .readerGone)
  }
}

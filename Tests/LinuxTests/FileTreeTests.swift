import Glibc
import Linux
import TemporaryFolders
import Testing

struct FileTreeTests {
  @Test func `file tree: files and links to files, sorted; directories by links are left out`()
    throws
  {
    let folder = try TemporaryFolder(["b/c": "", "a": "", ".git/x": ""])
    try folder.link("up", to: "..")
    try folder.link("loop", to: "loop")
    try folder.link("z", to: "a")
    let tree = FileTree(below: folder.path, leavingOut: [".git"])
    #expect(tree.files.map { $0.dropFirst(folder.path.count) } == ["/a", "/b/c", "/loop", "/z"])
    #expect(tree.failures.isEmpty)
    #expect(FileTree.isDirectory(folder.path) && !FileTree.isDirectory("\(folder.path)/a"))
  }

  @Test func `file tree: a directory that cannot be read is named`() throws {
    let tree = FileTree(below: "/nowhere")
    #expect(tree.files.isEmpty && tree.failures.map(\.path) == ["/nowhere"])
    #expect(tree.failures.first?.code == .noEntry)
  }

  @Test func `atomic file: what is rewritten keeps its mode and its link`() throws {
    let folder = try TemporaryFolder(["real": "old"])
    try folder.link("link", to: "real")
    chmod("\(folder.path)/real", 0o604)
    try AtomicFile.rewrite("\(folder.path)/link", with: Array("new".utf8))
    #expect(try folder.text("real") == "new")
    var facts = stat()
    #expect(stat("\(folder.path)/real", &facts) == 0 && facts.st_mode & 0o7777 == 0o604)
    #expect(folder.names == ["link", "real"])
    #expect(throws: SystemCallError.self) {
      try AtomicFile.rewrite("\(folder.path)/gone", with: [])
    }
  }
}

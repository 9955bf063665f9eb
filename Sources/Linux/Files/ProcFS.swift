import Glibc

/// Small files below a root: `/proc`, `/sys`, or a captured tree with the same names.
package struct ProcFS: Sendable {
  package let root: String

  package init(root: String = "/proc") { self.root = root }

  package func path(_ name: String) -> String { name.isEmpty ? root : "\(root)/\(name)" }

  /// Returns the bytes of a whole file; more than `limit` is EFBIG, refused before reading further.
  package func bytes(_ name: String, limit: Int = 1 << 16) throws(SystemCallError) -> [UInt8] {
    // Without O_NONBLOCK a named pipe in a captured tree would wait for a writer.
    let file = try Descriptor.opening(path(name), O_RDONLY | O_NONBLOCK)
    return try DescriptorIO.readAll(file.number, path(name), limit: limit)
  }

  /// Returns the text of a whole file; what is no UTF-8 shows as U+FFFD.
  package func text(_ name: String, limit: Int = 1 << 16) throws(SystemCallError) -> String {
    String(decoding: try bytes(name, limit: limit), as: UTF8.self)
  }

  /// Returns what one read of a file gives, at most `limit` bytes: all of a sysctl, which the
  /// kernel prints whole into a buffer that is large enough (`proc_sys_call_handler`).
  package func value(_ name: String, limit: Int) throws(SystemCallError) -> String {
    let path = path(name)
    let file = try Descriptor.opening(path, O_RDONLY | O_NONBLOCK)
    return String(
      decoding: try DescriptorIO.readSome(file.number, path, atMost: limit), as: UTF8.self)
  }

  /// Returns the names in a directory, sorted, without `.` and `..`.
  package func list(_ name: String) throws(SystemCallError) -> [String] {
    var names: [String] = []
    try entries(name) { _, entry in
      let name = String(cString: entry)
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Hands on the names in a directory as the kernel gives them, with the open directory.
  func entries(
    _ name: String, handing on: (_ directory: CInt, _ name: UnsafePointer<CChar>) -> Void
  ) throws(SystemCallError) {
    let path = path(name)
    var stream: OpaquePointer?
    try systemCall("opendir", on: path) {
      stream = opendir(path)
      return stream == nil ? -1 : 0
    }
    guard let stream else { return }
    defer { closedir(stream) }
    let directory = dirfd(stream)
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { on(directory, $0) }
      }
    }
  }

  /// Returns where a symbolic link points, for example `net:[4026531840]`.
  package func link(_ name: String) throws(SystemCallError) -> String {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = try systemCall("readlink", on: path(name)) {
      readlink(path(name), &target, target.count)
    }
    return String(decoding: target.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Returns whether something has this name, be it a link that leads nowhere.
  package func exists(_ name: String) -> Bool {
    var facts = stat()
    return lstat(path(name), &facts) == 0
  }

  /// Returns the inode number of what a name leads to; of `ns/net` it is the namespace's number.
  package func inode(_ name: String) throws(SystemCallError) -> UInt64 {
    var facts = stat()
    try systemCall("stat", on: path(name)) { stat(path(name), &facts) }
    return UInt64(facts.st_ino)
  }
}

import Glibc

/// A folder of its own for one test, open to every user; gone with everything in it when the test
/// ends.
///
/// Without Foundation: some tests must not start what it starts.
package final class TemporaryFolder {
  /// Why a file cannot be made or read.
  package struct Failure: Error { package let path: String, errno: CInt }

  package let path: String

  /// In the folder that TMPDIR names.
  /// - Parameter files: their names, which may lie in folders, and their texts.
  package init(_ files: [String: String] = [:]) throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array("\(parent)/tcpadvisor-tests.XXXXXX".utf8CString)
    guard let made = mkdtemp(&template).map({ String(cString: $0) }) else {
      throw Failure(path: parent, errno: errno)
    }
    path = made
    chmod(path, 0o777)
    for (name, text) in files { try write(name, text) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// The names in it, sorted.
  package var names: [String] { Self.names(in: path) }

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

extension TemporaryFolder {
  /// Writes a file, makes the folders it lies in, and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  @discardableResult
  package func write(_ name: String, bytes: [UInt8]) throws -> String {
    try makeParent(of: name)
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else { throw Failure(path: file, errno: errno) }
    let written = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, written == bytes.count else {
      throw Failure(path: file, errno: errno)
    }
    return file
  }

  package func makeFolder(_ name: String) throws { try makeParent(of: name + "/.") }

  /// Makes a symbolic link.
  package func link(_ name: String, to target: String) throws {
    try makeParent(of: name)
    guard symlink(target, "\(path)/\(name)") == 0 else {
      throw Failure(path: "\(path)/\(name)", errno: errno)
    }
  }

  package func bytes(_ name: String) throws -> [UInt8] {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "r") else { throw Failure(path: file, errno: errno) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, stream), count > 0 {
      bytes += part.prefix(count)
    }
    return bytes
  }

  package func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  private func makeParent(of name: String) throws {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
        throw Failure(path: folder, errno: errno)
      }
    }
  }
}

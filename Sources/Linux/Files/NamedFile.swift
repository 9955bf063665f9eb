import Glibc

/// A file that somebody names, whatever it is.
package enum NamedFile {
  /// Returns all its bytes; a larger file is EFBIG, refused before reading further. A pipe is read until
  /// its writers close it; one that nobody has written to is ENODATA.
  ///
  /// - Parameter isWaiting: false where a pipe is out of place, and always ENODATA.
  package static func bytes(of path: String, limit: Int, isWaiting: Bool = true)
    throws(SystemCallError) -> [UInt8]
  {
    // Else opening a named pipe would wait for a writer.
    let file = try Descriptor.opening(path, O_RDONLY | O_NONBLOCK)
    let isPipe = try file.isPipe(called: path)
    if isPipe, isWaiting { try file.block() }
    let bytes =
      isPipe && !isWaiting ? [] : try DescriptorIO.readAll(file.number, path, limit: limit)
    if isPipe, bytes.isEmpty {
      throw SystemCallError(call: "read", subject: path, code: .noData)
    }
    return bytes
  }
}

extension Descriptor {
  func isPipe(called path: String) throws(SystemCallError) -> Bool {
    var facts = stat()
    let number = number
    try systemCall("fstat", on: path) { fstat(number, &facts) }
    return facts.st_mode & S_IFMT == S_IFIFO
  }
}

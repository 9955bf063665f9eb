import Linux

/// A file that the user names; `-` is standard input.
struct InputFile {
  let path: String

  /// The name as messages give it.
  var name: String { path == "-" ? "standard input" : path }

  /// All its bytes; a larger file is EFBIG, refused before reading further.
  func bytes(limit: Int) throws(SystemCallError) -> [UInt8] {
    if path == "-" { return try StandardStream.input.readAll(limit: limit) }
    return try NamedFile.bytes(of: path, limit: limit)
  }
}

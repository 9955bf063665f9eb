private import CEmbedded

/// What people wrote for the pages of the manual, in the language of mdoc(7).
package enum ManualProse {
  /// Of a command, or of another page; empty where there is none.
  package static subscript(name: String) -> String {
    let files = embedded_manual()
    for file in UnsafeBufferPointer(start: files.first, count: files.count)
    where String(cString: file.name) == name {
      return String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.length), as: UTF8.self)
    }
    return ""
  }
}

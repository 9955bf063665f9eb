import Glibc

/// Folders that files are to be put into.
package enum Folders {
  /// Makes all folders that lead to a file and are not there.
  package static func make(above path: String) throws(SystemCallError) {
    var end = path.startIndex
    while let slash = path[end...].firstIndex(of: "/") {
      let folder = String(path[..<slash])
      end = path.index(after: slash)
      if folder.isEmpty { continue }
      do throws(SystemCallError) {
        try systemCall("mkdir", on: folder) { mkdir(folder, 0o755) }
      } catch  where error.code == .exists {}
    }
  }
}

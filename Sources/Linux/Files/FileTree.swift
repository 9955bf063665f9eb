import Glibc

/// The files below a directory.
package struct FileTree: Sendable {
  /// A directory that could not be read.
  package struct Failure: Sendable {
    package let path: String
    package let code: Errno
  }

  private static let deepest = 40
  package static let mostFiles = 100_000

  /// Sorted; links to directories are not followed, links to files are.
  package private(set) var files: [String] = []
  package private(set) var failures: [Failure] = []
  /// Whether there are more files than are listed.
  package private(set) var isCut = false

  private let most: Int

  /// - Parameters:
  ///   - leavingOut: the names of directories that are not entered.
  ///   - most: how many files are listed.
  package init(
    below root: String, leavingOut names: Set<String> = [], atMost most: Int = Self.mostFiles
  ) {
    self.most = most
    visit(root, depth: 0, leavingOut: names)
  }

  /// Whether a path leads to a directory.
  package static func isDirectory(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path is a symbolic link itself.
  package static func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
  }

  private mutating func visit(_ folder: String, depth: Int, leavingOut names: Set<String>) {
    guard depth < Self.deepest else { return }
    let children: [String]
    do throws(SystemCallError) {
      children = try ProcFS(root: folder).list("")
    } catch {
      return failures.append(Failure(path: folder, code: error.code))
    }
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    for name in children {
      guard files.count < most else { return isCut = true }
      let path = start + name
      var facts = stat()
      guard lstat(path, &facts) == 0 else { continue }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: if !names.contains(name) { visit(path, depth: depth + 1, leavingOut: names) }
      case S_IFLNK: if !Self.isDirectory(path) { files.append(path) }
      case S_IFREG: files.append(path)
      default: break
      }
    }
  }
}

import CLinux
import Glibc

/// Places in the file system that may still be written to once Landlock refuses all others.
struct WritablePlaces {
  /// LANDLOCK_ACCESS_FS_*: writing into files that are there, also shortening them.
  private static let writing: UInt64 = 1 << 1, shortening: UInt64 = 1 << 14
  /// Removing folders and files; making devices, folders, files, sockets, pipes, blocks, links.
  private static let changing: UInt64 = (1 << 13) - (1 << 4)
  /// Removing files, making files and folders.
  private static let replacing: UInt64 = 1 << 5 | 1 << 7 | 1 << 8
  /// Moving files between folders.
  private static let moving: UInt64 = 1 << 13

  /// - Parameter version: of Landlock: 2 knows moving, 3 shortening.
  private static func refused(version: CInt) -> UInt64 {
    writing | changing | (version >= 2 ? moving : 0) | (version >= 3 ? shortening : 0)
  }

  /// Refuses all writing but into these files and below these folders.
  /// - Parameter paths: of what is there or will be.
  /// - Returns: the version of Landlock.
  static func restrict(to paths: [String]) throws(SystemCallError) -> Int {
    let version = try wrappedCall("landlock_create_ruleset", on: "version") {
      clinux_landlock_version()
    }
    let refused = refused(version: version)
    let rules = Descriptor(
      owning: try wrappedCall("landlock_create_ruleset", on: "files") {
        clinux_landlock_create(refused)
      })
    for path in paths {
      let (place, isFolder) = place(of: path)
      let folder = try Descriptor.opening(place, CInt(CLINUX_O_PATH))
      let allowed = refused & (writing | shortening | (isFolder ? replacing : 0))
      try wrappedCall("landlock_add_rule", on: place) {
        clinux_landlock_allow(rules.number, folder.number, allowed)
      }
    }
    try wrappedCall("landlock_restrict_self", on: "files") {
      clinux_landlock_enter(rules.number)
    }
    return Int(version)
  }

  /// Returns what has to be writable for a path to be replaced: the folder that holds it, or will; the
  /// file itself where it is none that can be replaced, such as a device.
  private static func place(of path: String) -> (path: String, isFolder: Bool) {
    var path = path
    while true {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return place(ofReal: String(cString: real))
      }
      guard let slash = path.lastIndex(of: "/") else { return (".", true) }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  private static func place(ofReal path: String) -> (path: String, isFolder: Bool) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return (path, true) }
    switch facts.st_mode & S_IFMT {
    case S_IFDIR: return (path, true)
    case S_IFREG:
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      return (slash == path.startIndex ? "/" : String(path[..<slash]), true)
    default: return (path, false)
    }
  }
}

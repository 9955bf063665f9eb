import Linux
package import SysctlFiles

/// The files of this host, or of another one's tree, in which links lead below its root.
package struct RootedFiles: HostFiles {
  /// Files of this size and less are read.
  private static let sizeLimit = 4 << 20
  /// As many links the kernel follows as well (MAXSYMLINKS).
  private static let linkLimit = 40
  private static let nullDevice = "dev/null"

  private let tree: ProcFS

  /// - Parameter root: the directory that stands for `/`.
  package init(root: String = "") { tree = ProcFS(root: root) }

  /// Returns whether it is a directory that this user may enter.
  package static func isDirectory(_ path: String) -> Bool {
    (try? ProcFS(root: path).inode(".")) != nil
  }

  package func shown(_ path: String) -> String { tree.path(Self.relative(path)) }

  package func names(in directory: String) -> [String] { (try? list(directory)) ?? [] }

  /// Returns the names in a directory, sorted.
  func list(_ directory: String) throws(SystemCallError) -> [String] {
    try tree.list(end(ofLinksFrom: directory))
  }

  package func exists(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return true }
    let directory = end(ofLinksFrom: parts.dropLast().joined(separator: "/"))
    return tree.exists(directory.isEmpty ? String(name) : "\(directory)/\(name)")
  }

  package func content(of path: String) -> HostFileContent? {
    do throws(SystemCallError) {
      return .text(String(decoding: try bytes(of: end(ofLinksFrom: path)), as: UTF8.self))
    } catch {
      return error.code == .noEntry || error.code == .notDirectory
        ? nil : .unreadable(error.code.name)
    }
  }

  /// The number of what a path leads to.
  func inode(_ path: String) throws(SystemCallError) -> UInt64 {
    try tree.inode(end(ofLinksFrom: path))
  }

  /// Reads a sysctl file, whatever comes of it.
  func configurationFile(_ path: String) -> ConfigurationFile {
    let (own, end) = (Self.relative(path), end(ofLinksFrom: path))
    let target =
      end == own ? nil : end == Self.nullDevice ? "/\(Self.nullDevice)" : tree.path(end)
    do throws(SystemCallError) {
      let file = SysctlFile(parsing: try bytes(of: end))
      return ConfigurationFile(shown(path), .text(file), target: target)
    } catch {
      return ConfigurationFile(shown(path), .unreadable(error.code.name), target: target)
    }
  }

  /// A tree may have no devices of its own.
  private func bytes(of end: String) throws(SystemCallError) -> [UInt8] {
    end == Self.nullDevice
      ? []
      : try NamedFile.bytes(of: tree.path(end), limit: Self.sizeLimit, isWaiting: false)
  }

  /// Returns where a path leads, as a path below the root; in a circle to itself, which the kernel
  /// then refuses to open.
  private func end(ofLinksFrom path: String) -> String {
    // The kernel follows the links of this host's directories by itself.
    let own = Self.relative(path)
    if tree.root.isEmpty, (try? tree.link(own)) == nil { return own }
    var rest = Array(path.split(separator: "/").map(String.init).reversed())
    var done: [String] = []
    var links = 0
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = done.popLast()
        continue
      }
      done.append(part)
      guard let target = try? tree.link(done.joined(separator: "/")) else { continue }
      links += 1
      guard links <= Self.linkLimit else { return Self.relative(path) }
      if target.hasPrefix("/") { done = [] } else { done.removeLast() }
      rest += target.split(separator: "/").map(String.init).reversed()
    }
    return done.joined(separator: "/")
  }

  private static func relative(_ path: String) -> String {
    String(path.drop { $0 == "/" })
  }
}

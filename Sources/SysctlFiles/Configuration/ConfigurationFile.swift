/// A file of a sysctl configuration, and what reading it gave.
package struct ConfigurationFile: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case text(SysctlFile)
    /// With the errno's name: the file still hides those of its name in lower directories.
    case unreadable(String)
  }

  package let path: String
  package let content: Content
  /// Where a symbolic link leads, as an absolute path; nil for what is no link.
  package let target: String?

  package init(_ path: String, _ content: Content, target: String? = nil) {
    (self.path, self.content, self.target) = (path, content, target)
  }

  /// The last part of the path.
  package var name: Substring { path.split(separator: "/").last ?? "" }

  /// Whether it is there only to hide files of its name: a link to `/dev/null`, or empty.
  package var isMask: Bool { content == .text(SysctlFile(parsing: "")) }

  /// The lines of the file; nil if it could not be read.
  package var text: SysctlFile? {
    guard case .text(let file) = content else { return nil }
    return file
  }

  /// The errno's name; nil if it was read.
  package var errno: String? {
    guard case .unreadable(let errno) = content else { return nil }
    return errno
  }
}

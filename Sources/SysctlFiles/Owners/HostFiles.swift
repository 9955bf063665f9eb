/// The files of a host, for those who look at a few of them by their paths there.
package protocol HostFiles {
  /// Returns what a file holds; nil if it is not there.
  func content(of path: String) -> HostFileContent?

  /// Returns the names in a directory, sorted; none if it is not there.
  func names(in directory: String) -> [String]

  /// Returns whether something has this name, be it a link that leads nowhere.
  func exists(_ path: String) -> Bool

  /// Returns the path as messages name it: below another root it begins with that.
  func shown(_ path: String) -> String
}

package enum HostFileContent: Hashable, Sendable {
  case text(String)
  /// With the errno's name.
  case unreadable(String)
}

/// Reads for one owner, and keeps what could not be read.
struct OwnerReader {
  let files: any HostFiles
  private(set) var unread: [String: String] = [:]

  init(_ files: any HostFiles) { self.files = files }

  /// Returns the text of a file; nil if it is not there or cannot be read.
  mutating func text(_ path: String) -> String? {
    switch files.content(of: path) {
    case .text(let text): return text
    case .unreadable(let errno): unread[files.shown(path)] = errno
    case nil: break
    }
    return nil
  }

  /// Returns the assignments of a file in sections, or of one for shells; none if it is not there.
  mutating func assignments(in path: String) -> [SectionedText.Assignment] {
    text(path).map { SectionedText(parsing: $0).assignments } ?? []
  }
}

extension HostFiles {
  /// Returns the text of a file; nil if it is not there or cannot be read.
  func text(_ path: String) -> String? {
    if case .text(let text)? = content(of: path) { text } else { nil }
  }
}

extension HostFiles {
  private static var unitDirectory: String { "/etc/systemd/system" }

  /// Returns whether systemd starts a service with others: a link in a `.wants` directory says so.
  func isEnabled(_ service: String) -> Bool {
    names(in: Self.unitDirectory).contains { name in
      (name.hasSuffix(".wants") || name.hasSuffix(".requires"))
        && exists("\(Self.unitDirectory)/\(name)/\(service).service")
    }
  }
}

package import TCPModel

/// The keys that a name means: one, or all that a glob matches.
package enum SysctlPattern: Hashable, Sendable {
  case key(SysctlKey)
  case glob(SysctlGlob)

  /// - Parameter name: with `.` or `/` between its parts; separators that say nothing are left out,
  ///   as by `sysctl_normalize` of systemd.
  package init(parsing name: String) {
    let key = SysctlKey(parsing: name)
    let isGlob = name.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
    guard isGlob || key.hasIdleParts else {
      self = .key(key)
      return
    }
    let parts = key.path.split(separator: "/").filter { $0 != "." }
    self =
      isGlob
      ? .glob(SysctlGlob(parts: parts)) : .key(SysctlKey(path: parts.joined(separator: "/")))
  }

  /// Nil for a glob.
  package var key: SysctlKey? {
    guard case .key(let key) = self else { return nil }
    return key
  }

  /// Nil for a key.
  package var glob: SysctlGlob? {
    guard case .glob(let glob) = self else { return nil }
    return glob
  }

  package func matches(_ key: SysctlKey) -> Bool {
    switch self {
    case .key(let own): own == key
    case .glob(let glob): glob.matches(key)
    }
  }
}

/// A glob over paths below `/proc/sys`.
package struct SysctlGlob: Hashable, Sendable {
  package let path: String
  private let parts: [Glob]
  /// What all keys that match begin with, dotted: most do not, which is soon told.
  private let beginning: String

  init(parts: [Substring]) {
    path = parts.joined(separator: "/")
    self.parts = parts.map { Glob($0) }
    let literal = path.utf8.prefix { !"*?[\\".utf8.contains($0) }
    beginning = SysctlKey(path: String(decoding: literal, as: UTF8.self)).rawValue
  }

  /// As glob(3) has it: no `*` reaches beyond a `/`, and names that begin with a dot are matched only
  /// by globs that do.
  package func matches(_ key: SysctlKey) -> Bool {
    guard key.rawValue.utf8.starts(with: beginning.utf8) else { return false }
    let names = key.path.split(separator: "/", omittingEmptySubsequences: false)
    return names.count == parts.count && zip(parts, names).allSatisfy(Self.matches)
  }

  private static func matches(_ glob: Glob, _ name: some StringProtocol) -> Bool {
    (!name.hasPrefix(".") || glob.beginsLiterally(with: ".")) && glob.matches(name)
  }

  /// Returns the keys that match among those below a directory.
  ///
  /// - Parameter names: those in a directory, which is given by its path below `/proc/sys`.
  package func keys(listing names: (_ directory: String) -> [String]) -> [SysctlKey] {
    var paths = [""]
    for (text, glob) in zip(path.split(separator: "/"), parts) {
      let isLiteral = !text.contains { "*?[\\".contains($0) }
      paths = paths.flatMap { directory in
        let found = isLiteral ? [String(text)] : names(directory).filter { Self.matches(glob, $0) }
        return found.map { directory.isEmpty ? $0 : "\(directory)/\($0)" }
      }
    }
    return paths.map { SysctlKey(path: $0) }
  }

  /// As fnmatch(3) without flags has it: a `*` stands for slashes too.
  func matchesAcrossParts(_ key: SysctlKey) -> Bool { Glob(path).matches(key.path) }
}

extension SysctlKey {
  /// Whether a part is empty or, written `/` here, a dot alone.
  fileprivate var hasIdleParts: Bool {
    var (length, isSlash) = (0, false)
    for byte in rawValue.utf8 {
      if byte != UInt8(ascii: ".") {
        (length, isSlash) = (length + 1, byte == UInt8(ascii: "/"))
      } else if length == 0 || length == 1 && isSlash {
        return true
      } else {
        length = 0
      }
    }
    return length == 0 || length == 1 && isSlash
  }
}

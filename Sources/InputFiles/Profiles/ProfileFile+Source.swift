package import Advisor

extension ProfileFile {
  /// Returns the files of a profile as they lie to each other: its own first, then those that it
  /// extends.
  package static func files(of profile: String, from sources: [ProfileSource]) -> [ProfileFile] {
    let paths = sources.map { parts(of: $0.file) }
    guard let own = paths.first else { return [] }
    var common = own.count - 1
    for path in paths {
      let alike = zip(path.dropLast(), own).prefix { $0 == $1 }
      common = min(common, Array(alike).count)
    }
    return zip(sources, paths).enumerated().map { number, file in
      ProfileFile(
        of: profile, path: file.1.dropFirst(common).joined(separator: "/"),
        text: String(decoding: file.0.bytes, as: UTF8.self), isOwn: number == 0)
    }
  }

  /// The parts of a path, each `..` with what it leads out of taken away.
  private static func parts(of path: String) -> [Substring] {
    path.split(separator: "/").reduce(into: []) { parts, part in
      switch part {
      case ".": break
      case ".." where !parts.isEmpty && parts.last != "..": parts.removeLast()
      default: parts.append(part)
      }
    }
  }
}

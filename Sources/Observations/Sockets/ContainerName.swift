/// A container, as the control group of a process in it is named.
package struct ContainerName: Hashable, Sendable, CustomStringConvertible {
  /// What runs it, such as `docker` or `lxc`.
  package let runtime: String
  /// A name, or the first twelve digits of an identifier, as the tools of the runtime show it.
  package let name: String

  package var description: String { "\(runtime) \(name)" }

  /// What runtimes call the scope or directory of a container: a beginning, and an end.
  private static let patterns: [(runtime: String, start: String, end: String)] = [
    ("docker", "docker-", ".scope"), ("containerd", "cri-containerd-", ".scope"),
    ("cri-o", "crio-", ".scope"), ("podman", "libpod-", ".scope"),
    ("podman", "libpod-payload-", ""), ("lxc", "lxc.payload.", ""),
    ("nspawn", "machine-", ".scope"), ("nspawn", "systemd-nspawn@", ".service"),
  ]

  private static let directories = ["docker": "docker", "lxc": "lxc", "libpod_parent": "podman"]

  /// Reads `/proc/PID/cgroup`, either version; the innermost container counts. Nil if none of its
  /// paths is that of a container.
  package init?(controlGroups text: String) {
    for line in text.split(separator: "\n") {
      let path = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).last
      let parts = (path ?? "").split(separator: "/").map { String($0) }
      let named = parts.indices.reversed().lazy.compactMap { Self(parts, at: $0) }.first
      if let named {
        self = named
        return
      }
    }
    return nil
  }

  private init?(_ parts: [String], at index: Int) {
    let part = parts[index]
    if let runtime = index > 0 ? Self.directories[parts[index - 1]] : nil {
      self.init(runtime, part)
      return
    }
    if index > 0, parts[..<index].contains(where: { $0.hasPrefix("kubepods") }),
      Self.isIdentifier(part)
    {
      self.init("kubernetes", part)
      return
    }
    let pattern = Self.patterns.first { part.hasPrefix($0.start) && part.hasSuffix($0.end) }
    guard let pattern else { return nil }
    self.init(
      pattern.runtime, String(part.dropFirst(pattern.start.count).dropLast(pattern.end.count)))
  }

  private init?(_ runtime: String, _ name: String) {
    guard !name.isEmpty else { return nil }
    self.runtime = runtime
    self.name = Self.isIdentifier(name) ? String(name.prefix(12)) : name
  }

  private static func isIdentifier(_ name: String) -> Bool {
    name.utf8.count == 64 && name.allSatisfy(\.isHexDigit)
  }
}

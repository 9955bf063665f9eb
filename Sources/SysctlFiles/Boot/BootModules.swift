package import TCPModel

/// The modules that are there before sysctls are applied.
///
/// Source: modules-load.d(5), and `/etc/modules` of Debian.
package struct BootModules: Hashable, Sendable {
  private static let directories = [
    "/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d",
    "/usr/lib/modules-load.d",
  ]

  private let names: Set<String>
  /// Those that the kernel may load when it needs them; nil where nothing tells which these are.
  private let loadable: Set<String>?

  package init(names: Set<String> = [], loadable: Set<String>? = nil) {
    (self.names, self.loadable) = (names, loadable)
  }

  /// Those that files have loaded.
  package init(on files: any HostFiles) {
    let paths = Self.directories.flatMap { directory in
      files.names(in: directory).filter { $0.hasSuffix(".conf") }.map { "\(directory)/\($0)" }
    }
    names = Set((paths + ["/etc/modules"]).flatMap { Self.names(listedIn: $0, files) })
    loadable = nil
  }

  /// Returns those and what the kernel has built in; nil where nothing tells what that is.
  package static func all(of kernel: KernelVersion, on files: any HostFiles) -> BootModules? {
    func list(_ name: String) -> Set<String>? {
      ["", "/usr"].lazy.compactMap { prefix in
        files.text("\(prefix)/lib/modules/\(kernel.release)/\(name)")
      }.first.map { text in
        Set(text.split(whereSeparator: \.isNewline).map(Self.name(ofLine:)))
      }
    }
    return list("modules.builtin").map { own in
      BootModules(
        names: BootModules(on: files).names.union(own), loadable: list("modules.dep"))
    }
  }

  /// `kernel/net/ipv4/tcp_bbr.ko.xz: …` is tcp_bbr.
  private static func name(ofLine line: Substring) -> String {
    let path = line.prefix { $0 != ":" }
    return normalized((path.split(separator: "/").last ?? "").prefix { $0 != "." })
  }

  package func contains(_ module: String) -> Bool { names.contains(Self.normalized(module)) }

  /// Whether the kernel has it, or finds it when it needs it; taken for granted where nobody knows.
  package func mayLoad(_ module: String) -> Bool {
    contains(module) || loadable?.contains(Self.normalized(module)) ?? true
  }

  private static func names(listedIn path: String, _ files: any HostFiles) -> [String] {
    (files.text(path) ?? "").split(whereSeparator: \.isNewline).compactMap { line in
      let word = line.split(whereSeparator: \.isWhitespace).first ?? ""
      return word.isEmpty || word.hasPrefix("#") || word.hasPrefix(";") ? nil : normalized(word)
    }
  }

  /// The kernel takes `-` and `_` for the same.
  private static func normalized(_ name: some StringProtocol) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }
}

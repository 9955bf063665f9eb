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

  package init(names: Set<String> = []) { self.names = names }

  /// Those that files have loaded.
  package init(on files: any HostFiles) {
    let paths = Self.directories.flatMap { directory in
      files.names(in: directory).filter { $0.hasSuffix(".conf") }.map { "\(directory)/\($0)" }
    }
    names = Set((paths + ["/etc/modules"]).flatMap { Self.names(listedIn: $0, files) })
  }

  /// Returns those and what the kernel has built in; nil where nothing tells what that is.
  package static func all(of kernel: KernelVersion, on files: any HostFiles) -> BootModules? {
    let builtIn = ["", "/usr"].lazy.compactMap { prefix in
      files.text("\(prefix)/lib/modules/\(kernel.release)/modules.builtin")
    }.first
    return builtIn.map { list in
      // `kernel/net/netfilter/nf_conntrack.ko` is nf_conntrack.
      let own = list.split(whereSeparator: \.isNewline).map { path in
        normalized((path.split(separator: "/").last ?? "").prefix { $0 != "." })
      }
      return BootModules(names: BootModules(on: files).names.union(own))
    }
  }

  package func contains(_ module: String) -> Bool { names.contains(Self.normalized(module)) }

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

/// The modules that are loaded before sysctls are applied.
///
/// Source: modules-load.d(5), and `/etc/modules` of Debian.
package struct BootModules: Hashable, Sendable {
  private let names: Set<String>

  package init(names: Set<String> = []) { self.names = names }

  package init(on files: any HostFiles) {
    let directories = ["/etc/modules-load.d", "/run/modules-load.d", "/usr/lib/modules-load.d"]
    let paths = directories.flatMap { directory in
      files.names(in: directory).filter { $0.hasSuffix(".conf") }.map { "\(directory)/\($0)" }
    }
    names = Set(
      (paths + ["/etc/modules"]).flatMap { path -> [String] in
        guard case .text(let text)? = files.content(of: path) else { return [] }
        return text.split(whereSeparator: \.isNewline).compactMap { line in
          line.split(whereSeparator: \.isWhitespace).first.map(Self.normalized)
        }
      })
  }

  package func contains(_ module: String) -> Bool { names.contains(Self.normalized(module)) }

  /// The kernel takes `-` and `_` for the same.
  private static func normalized(_ name: some StringProtocol) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }
}

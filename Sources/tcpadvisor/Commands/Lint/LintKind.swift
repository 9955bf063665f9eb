/// How a file is read, by its name and its first bytes.
enum LintKind {
  case sysctl, yaml, nix, script, tuned

  private static let endings: [(String, LintKind)] = [
    (".conf", .sysctl), (".yaml", .yaml), (".yml", .yaml), (".nix", .nix), (".sh", .script),
    (".bash", .script),
  ]

  /// What the name alone tells; nil if it tells nothing.
  private init?(name: Substring) {
    var name = name
    for ending in [".j2", ".tmpl", ".tpl", ".in"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    if ["Dockerfile", "Containerfile"].contains(where: { name.hasPrefix($0) }) {
      self = .script
    } else if name == "tuned.conf" {
      self = .tuned
    } else if let known = Self.endings.first(where: { name.hasSuffix($0.0) }) {
      self = known.1
    } else {
      return nil
    }
  }

  /// What a file that somebody names is: a sysctl file, unless something says otherwise.
  init(of path: String, _ bytes: [UInt8]) {
    let name = path.split(separator: "/").last ?? ""
    self = LintKind(name: name) ?? (bytes.starts(with: "#!".utf8) ? .script : .sysctl)
  }

  /// What a file of a directory may be; nil for what is not looked into.
  init?(ofCandidate path: String) {
    let parts = path.split(separator: "/")
    let name = parts.last ?? ""
    if parts.dropLast().last == "sysctl.d" || name.hasSuffix(".conf") || name.contains("sysctl") {
      self = LintKind(name: name) ?? .sysctl
    } else if let kind = LintKind(name: name) {
      self = kind
    } else {
      return nil
    }
  }
}

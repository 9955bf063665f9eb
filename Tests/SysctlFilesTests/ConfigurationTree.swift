import SysctlFiles

/// The files of a configuration by their paths, for tests.
struct ConfigurationTree {
  enum Node {
    case text(String)
    case link(String)
  }

  var nodes: [String: Node]

  init(_ texts: [String: String]) { nodes = texts.mapValues(Node.text) }

  var configuration: SysctlConfiguration {
    var configuration = SysctlConfiguration()
    for path in nodes.keys.sorted() {
      if path == Self.mainFile {
        configuration.mainFile = file(path)
      } else if path == Self.firewallFile {
        configuration.firewallFile = file(path)
      } else if let directory = SysctlDirectory.allCases.first(where: {
        path.hasPrefix($0.rawValue + "/")
      }) {
        configuration.files[directory, default: []].append(file(path))
      }
    }
    return configuration
  }

  private static let mainFile = "/etc/sysctl.conf"
  private static let firewallFile = "/etc/ufw/sysctl.conf"

  private func file(_ path: String) -> ConfigurationFile {
    switch nodes[path] {
    case .text(let text): ConfigurationFile(path, .text(SysctlFile(parsing: text)))
    case .link("/dev/null"):
      ConfigurationFile(path, .text(SysctlFile(parsing: "")), target: "/dev/null")
    case .link(let target): ConfigurationFile(path, file(target).content, target: target)
    case nil: ConfigurationFile(path, .unreadable("ENOENT"))
    }
  }
}

extension SysctlConfiguration {
  init(_ texts: [String: String]) { self = ConfigurationTree(texts).configuration }
}

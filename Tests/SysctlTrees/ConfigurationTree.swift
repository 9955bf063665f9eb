package import SysctlFiles

/// The files of a configuration by their paths, for tests.
package struct ConfigurationTree: Sendable {
  package enum Node: Sendable {
    case text(String)
    case link(String)
  }

  package var nodes: [String: Node]

  package init(_ texts: [String: String]) { nodes = texts.mapValues(Node.text) }

  package var configuration: SysctlConfiguration {
    var configuration = SysctlConfiguration()
    for path in nodes.keys.sorted() {
      if path == Self.mainFile {
        configuration.mainFile = file(path)
      } else if let directory = SysctlDirectory.allCases.first(where: {
        path.hasPrefix($0.rawValue + "/")
      }) {
        configuration.files[directory, default: []].append(file(path))
      }
    }
    return configuration
  }

  /// The files with all owners that they show.
  package var settings: BootSettings { BootSettings(configuration, on: self) }

  private static let mainFile = "/etc/sysctl.conf"

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

extension ConfigurationTree: HostFiles {
  package func content(of path: String) -> HostFileContent? {
    switch nodes[path] {
    case .text(let text): .text(text)
    case .link(let target): target == "/dev/null" ? .text("") : content(of: target)
    case nil: nil
    }
  }

  package func names(in directory: String) -> [String] {
    Set(
      nodes.keys.filter { $0.hasPrefix(directory + "/") }
        .compactMap {
          $0.dropFirst(directory.count + 1).split(separator: "/").first.map(String.init)
        }
    ).sorted()
  }

  package func exists(_ path: String) -> Bool { nodes[path] != nil || !names(in: path).isEmpty }

  package func shown(_ path: String) -> String { path }
}

extension SysctlConfiguration {
  package init(_ texts: [String: String]) { self = ConfigurationTree(texts).configuration }
}

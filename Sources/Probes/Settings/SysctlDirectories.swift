import Linux
package import SysctlFiles

/// All that sets sysctls at boot, as the files of a host show it.
package struct SysctlDirectories {
  private static let mainFile = "/etc/sysctl.conf"

  private let files: RootedFiles

  /// - Parameter root: the directory that stands for `/`; links lead below it.
  package init(root: String = "") { files = RootedFiles(root: root) }

  /// The files that loaders read, their loader, and what other owners do.
  package var settings: BootSettings { BootSettings(configuration, on: files) }

  /// The files that systemd-sysctl and `sysctl --system` read; what cannot be read is in it with the
  /// reason.
  package var configuration: SysctlConfiguration {
    var configuration = SysctlConfiguration(mainFile: existing(Self.mainFile))
    var inodes: Set<UInt64> = []
    for directory in SysctlDirectory.allCases {
      let path = directory.rawValue
      do throws(SystemCallError) {
        // Where `/lib` is a link to `/usr/lib`, the same directory has two names.
        guard inodes.insert(try files.inode(path)).inserted else { continue }
        configuration.files[directory] = try files.list(path).filter { $0.hasSuffix(".conf") }
          .map { files.configurationFile("\(path)/\($0)") }
      } catch {
        guard error.code != .noEntry else { continue }
        configuration.unreadDirectories[files.shown(path)] = error.code.name
      }
    }
    return configuration
  }

  private func existing(_ path: String) -> ConfigurationFile? {
    let file = files.configurationFile(path)
    return file.errno == "ENOENT" || file.errno == "ENOTDIR" ? nil : file
  }
}

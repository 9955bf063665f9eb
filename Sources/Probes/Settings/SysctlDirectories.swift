import Linux
package import SysctlFiles

/// The files that systemd-sysctl and `sysctl --system` read at boot.
package struct SysctlDirectories {
  private static let mainFile = "etc/sysctl.conf"
  private static let firewallFile = "etc/ufw/sysctl.conf"
  /// Where ufw is switched on and off.
  private static let firewallSwitch = "etc/ufw/ufw.conf"
  private static let nullDevice = "dev/null"
  private static let sizeLimit = 1 << 20
  /// As many links the kernel follows as well (MAXSYMLINKS).
  private static let linkLimit = 40

  private let files: ProcFS

  /// - Parameter root: the directory that stands for `/`; links lead below it.
  package init(root: String = "") { files = ProcFS(root: root) }

  /// All that is there; what cannot be read is in it with the reason.
  package var configuration: SysctlConfiguration {
    var configuration = SysctlConfiguration(
      mainFile: existing(Self.mainFile),
      firewallFile: isFirewallOff ? nil : existing(Self.firewallFile))
    var inodes: Set<UInt64> = []
    for directory in SysctlDirectory.allCases {
      let path = String(directory.rawValue.dropFirst())
      // Where `/lib` is a link to `/usr/lib`, the same directory has two names.
      guard let inode = try? files.inode(path), inodes.insert(inode).inserted else { continue }
      configuration.files[directory] = names(in: path).map { file("\(path)/\($0)") }
    }
    return configuration
  }

  private func existing(_ path: String) -> ConfigurationFile? {
    let file = file(path)
    return file.errno == "ENOENT" ? nil : file
  }

  /// Whether ufw does not start at boot; where that cannot be told it may.
  private var isFirewallOff: Bool {
    let lines = (try? files.text(Self.firewallSwitch, limit: Self.sizeLimit)) ?? ""
    return lines.split(whereSeparator: \.isNewline).contains { $0.lowercased() == "enabled=no" }
  }

  private func names(in directory: String) -> [String] {
    do throws(SystemCallError) {
      return try files.list(directory).filter { $0.hasSuffix(".conf") }
    } catch {
      return []
    }
  }

  private func file(_ path: String) -> ConfigurationFile {
    let end = end(ofLinksFrom: path)
    let isNull = end == Self.nullDevice
    let target = end == path ? nil : isNull ? "/\(Self.nullDevice)" : files.path(end)
    do throws(SystemCallError) {
      let bytes = isNull ? [] : try files.bytes(end, limit: Self.sizeLimit)
      return ConfigurationFile(
        files.path(path), .text(SysctlFile(parsing: bytes)), target: target)
    } catch {
      return ConfigurationFile(files.path(path), .unreadable(error.code.name), target: target)
    }
  }

  /// Returns where a chain of links leads; in a circle to itself, which the kernel then refuses to
  /// open.
  private func end(ofLinksFrom path: String) -> String {
    var end = path
    for _ in 0..<Self.linkLimit {
      do throws(SystemCallError) {
        end = Self.path(try files.link(end), from: end)
      } catch {
        return end
      }
    }
    return path
  }

  /// Returns the path below the root of what a link in a file's place names.
  private static func path(_ target: String, from link: String) -> String {
    var parts = target.hasPrefix("/") ? [] : link.split(separator: "/").dropLast()
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

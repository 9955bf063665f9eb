import Linux
package import Observations
package import TCPModel

/// The files that `sysctl --system` and systemd-sysctl read at boot.
///
/// Source: sysctl.d(5) and procps' sysctl(8): a file of the same name in a higher directory replaces
/// the lower one; what is left is applied sorted by name, later wins; procps reads /etc/sysctl.conf
/// after all of them.
package struct SysctlDirectories {
  private static let folders = [
    "etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d",
  ]
  private static let last = "etc/sysctl.conf"
  private static let sizeLimit = 1 << 20

  private let files: ProcFS

  /// - Parameter root: the directory that stands for `/`.
  package init(root: String = "") { files = ProcFS(root: root) }

  /// Lines that would undo planned values because they are read after the drop-in.
  package func surroundings(of fileName: String, setting planned: [SysctlKey: String])
    -> DeploymentContext
  {
    var surroundings = DeploymentContext()
    for path in pathsRead(after: fileName) {
      let file: SysctlFile
      do throws(SystemCallError) {
        file = SysctlFile(parsing: try files.text(path, limit: Self.sizeLimit))
      } catch  where error.code == .noEntry {
        continue
      } catch {
        surroundings.unreadFiles[files.path(path)] = error.code.name
        continue
      }
      for assignment in file.assignments {
        for key in planned.keys.sorted() where assignment.names(key) {
          let value = SysctlReading(parsing: assignment.value, for: SysctlCatalog[key]).printed
          guard value != planned[key] else { continue }
          surroundings.overrides.append(
            DeploymentContext.Override(
              file: files.path(path), line: assignment.line, key: key, value: assignment.value))
        }
      }
    }
    return surroundings
  }

  private func pathsRead(after fileName: String) -> [String] {
    var chosen: [String: String] = [:]
    for folder in Self.folders {
      for name in names(in: folder) where name.hasSuffix(".conf") && chosen[name] == nil {
        chosen[name] = "\(folder)/\(name)"
      }
    }
    // Debian links 99-sysctl.conf to sysctl.conf, so that both readers come to it: one file still.
    let last = inode(of: Self.last)
    let later = chosen.filter { $0.key > fileName }.sorted { $0.key < $1.key }.map(\.value)
    return later.filter { last == nil || inode(of: $0) != last } + [Self.last]
  }

  private func inode(of path: String) -> UInt64? {
    do throws(SystemCallError) { return try files.inode(path) } catch { return nil }
  }

  private func names(in folder: String) -> [String] {
    do throws(SystemCallError) { return try files.list(folder) } catch { return [] }
  }
}

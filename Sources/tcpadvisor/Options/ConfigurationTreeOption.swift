import Probes
import SysctlFiles

/// The files of this host, or of the tree that --root names.
struct ConfigurationTreeOption {
  let settings: BootSettings

  init(root: String?) throws {
    guard let root, root != "/" else {
      settings = SysctlDirectories().settings
      return
    }
    guard RootedFiles.isDirectory(root) else {
      throw UsageError("--root \(root): no directory, or not one that this user may enter")
    }
    settings =
      SysctlDirectories(root: root.hasSuffix("/") ? String(root.dropLast()) : root).settings
  }
}

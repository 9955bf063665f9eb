import Linux
import TCPModel

/// A sysctl of one network namespace that can be set from any other.
final class OpenSysctl {
  private let file: Descriptor

  /// Opens it in the namespace the process is in; nil where writing is refused.
  init?(_ key: SysctlKey, in files: ProcFS) {
    do throws(SystemCallError) {
      file = try files.opening(key.path)
    } catch {
      return nil
    }
  }

  func set(to value: String) throws(SystemCallError) {
    try Transfer.writeAll(value.utf8, to: file.number, "a sysctl")
  }
}

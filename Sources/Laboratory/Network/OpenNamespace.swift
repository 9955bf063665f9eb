import Linux

/// A network namespace to come back to.
final class OpenNamespace {
  private let file: Descriptor

  /// The one the process is in; nil if /proc does not show it.
  init?() {
    do throws(SystemCallError) {
      file = try NetworkNamespace.current()
    } catch {
      return nil
    }
  }

  func enter() throws(SystemCallError) { try NetworkNamespace.enter(file) }
}

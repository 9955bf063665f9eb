import CLinux
import Glibc

/// Namespaces of the calling thread.
package enum NetworkNamespace {
  /// Enters a new network namespace; sockets made before stay in theirs.
  package static func enterNew() throws(SystemCallError) {
    try wrappedCall("unshare", on: "CLONE_NEWNET") {
      clinux_unshare(CInt(CLINUX_CLONE_NEWNET))
    }
  }

  /// Enters a new user namespace with a network namespace of its own, which needs no root.
  ///
  /// Only a process with one thread can: EINVAL otherwise.
  package static func enterNewWithUser() throws(SystemCallError) {
    try wrappedCall("unshare", on: "CLONE_NEWUSER|CLONE_NEWNET") {
      clinux_unshare(CInt(CLINUX_CLONE_NEWUSER | CLINUX_CLONE_NEWNET))
    }
  }

  /// Sets the interface up; a new namespace has `lo`, and it is down.
  package static func bringUp(_ interface: String) throws(SystemCallError) {
    try wrappedCall("ioctl", on: "\(interface) up") { clinux_bring_up(interface) }
  }

  /// Ends this process when its parent ends; call it after entering a user namespace.
  package static func dieWithParent() throws(SystemCallError) {
    try wrappedCall("prctl", on: "PR_SET_PDEATHSIG") { clinux_die_with_parent(SIGKILL) }
  }
}

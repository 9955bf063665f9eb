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

  /// Returns the namespace of the calling thread, as a file to come back to or to put a link into.
  package static func current() throws(SystemCallError) -> Descriptor {
    try Descriptor.opening("/proc/thread-self/ns/net", O_RDONLY)
  }

  /// Enters the namespace that an open file stands for; only this thread changes over.
  package static func enter(_ namespace: borrowing Descriptor) throws(SystemCallError) {
    let number = namespace.number
    try wrappedCall("setns", on: "descriptor \(number)") {
      clinux_enter_network_namespace(number)
    }
  }

  /// Enters the namespace that a file stands for, such as `/proc/1/ns/net` or `/run/netns/name`.
  ///
  /// Only this thread changes over; `/proc/sys/net` then shows the values of that namespace.
  package static func enter(_ path: String) throws(SystemCallError) {
    let file = try Descriptor.opening(path, O_RDONLY)
    try wrappedCall("setns", on: path) { clinux_enter_network_namespace(file.number) }
  }

  /// Sets the interface up; a new namespace has `lo`, and it is down.
  package static func bringUp(_ interface: String) throws(SystemCallError) {
    var network = try RouteNetlink()
    try network.bringUp(try network.link(interface).index)
  }

}

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

  /// Enters the namespace that a file stands for, such as `/proc/1/ns/net` or `/run/netns/name`.
  ///
  /// Only this thread changes over; `/proc/sys/net` then shows the values of that namespace.
  package static func enter(_ path: String) throws(SystemCallError) {
    let file = try Descriptor.opening(path, O_RDONLY)
    try wrappedCall("setns", on: path) { clinux_enter_network_namespace(file.number) }
  }

  /// Sets the interface up; a new namespace has `lo`, and it is down.
  package static func bringUp(_ interface: String) throws(SystemCallError) {
    try wrappedCall("ioctl", on: "\(interface) up") { clinux_bring_up(interface) }
  }

  /// What a route may say instead of leading anywhere.
  package enum RouteVerdict: UInt8, Sendable {
    case blackhole = 6, unreachable, prohibit, `throw`  // RTN_BLACKHOLE and the next ones
  }

  /// Gives one IPv4 address a route of its own; needs CAP_NET_ADMIN over the namespace.
  package static func addRoute(_ verdict: RouteVerdict, to address: SocketAddress)
    throws(SystemCallError)
  {
    let number = address.bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    try wrappedCall("RTM_NEWROUTE", on: "\(verdict) \(address.host)") {
      clinux_add_route(verdict.rawValue, UInt32(littleEndian: number))
    }
  }

  /// Ends this process when its parent ends; call it after entering a user namespace.
  package static func dieWithParent() throws(SystemCallError) {
    try wrappedCall("prctl", on: "PR_SET_PDEATHSIG") { clinux_die_with_parent(SIGKILL) }
  }
}

import Glibc
import Linux

/// Namespaces of its own, in which unshare(1) starts a command.
package struct NewNamespaces: Sendable {
  private let flags: String
  /// A setting that root of them may write.
  private let setting: String

  private init(flags: String) {
    self.flags = flags
    setting =
      "/proc/sys/" + (flags.contains("n") ? "net/ipv4/tcp_syn_retries" : "user/max_user_namespaces")
  }

  /// A network namespace, with all rights in it: root has them, others are root of a user namespace.
  package static let network = NewNamespaces(flags: geteuid() == 0 ? "-n" : "-Urn")
  /// A user namespace, as root of it.
  package static let user = NewNamespaces(flags: "-Ur")
  /// A user namespace, as somebody who is nobody in it.
  package static let userWithoutRoot = NewNamespaces(flags: "-U")
  package static let userAndNetwork = NewNamespaces(flags: "-Urn")
  package static let userAndMounts = NewNamespaces(flags: "-Urm")
  package static let userNetworkAndMounts = NewNamespaces(flags: "-Urnm")

  /// The words before a command that is to run inside.
  package var wrapper: [String] { ["/usr/bin/unshare", flags] }

  /// The words before a command that is to run inside once a script for sh has prepared them.
  package func wrapper(preparedBy script: String) -> [String] {
    wrapper + ["/bin/sh", "-ec", script + "\nexec \"$@\"", "sh"]
  }

  /// Whether this user may have them and write their settings, and a command succeeds inside.
  package func allow(_ command: [String] = ["/bin/true"]) -> Bool {
    (try? run(["/bin/sh", "-ec", ": >\(setting)\nexec \"$@\"", "sh"] + command).status) == 0
  }

  /// Runs a command inside.
  /// - Returns: its exit status, and what it printed on both streams.
  func run(_ command: [String]) throws -> (status: CInt, output: String) {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "exec \"$@\" 2>&1", "sh"] + wrapper + command,
      input: input.readEnd, output: output.writeEnd)
    let readEnd = output.takeReadEnd()
    let text = try DescriptorIO.readAll(readEnd.number, "a command in a namespace", limit: 1 << 22)
    return (try child.wait(), String(decoding: text, as: UTF8.self))
  }
}

import Linux
import TCPModel

/// One network namespace with a set of sysctls of its own; made while the process is inside it.
final class Room {
  let tap: PacketTap
  /// The attempts being played here, by the ends of their connection.
  var attempts: [Segment.Ends: Attempt] = [:]
  /// Settings of the cases that the namespace did not take, with why.
  private(set) var notCopied: [(key: SysctlKey, errno: Errno)] = []
  /// Whether the kernel sends a tail loss probe here before the first timeout
  /// (`tcp_schedule_loss_probe`).
  private(set) var sendsLossProbes = false
  private var silent: [SocketAddress.Family: Listener] = [:]
  private var answering: [SocketAddress.Family: Listener] = [:]

  init(with settings: [SysctlKey: String]) throws(SystemCallError) {
    try NetworkNamespace.bringUp("lo")
    tap = try PacketTap()
    let files = ProcFS(root: "/proc/sys")
    // Before any socket: the RTO's bounds are copied into sockets when they are made.
    for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
      do throws(SystemCallError) {
        try Self.write(value, to: key.path, files)
      } catch {
        notCopied.append((key, error.code))
      }
    }
    let mode = Self.value(of: .tcpEarlyRetrans, files)
    sendsLossProbes = (mode == "3" || mode == "4") && Self.value(of: .tcpSack, files) != "0"
  }

  private static func write(_ value: String, to path: String, _ files: ProcFS)
    throws(SystemCallError)
  {
    let present = try files.text(path).split { $0.isWhitespace }.joined(separator: " ")
    if present != value { try files.write(value, to: path) }
  }

  private static func value(of key: SysctlKey, _ files: ProcFS) -> String? {
    (try? files.text(key.path)).map { String($0.prefix { $0 != "\n" }) }
  }

  func silentListener(_ family: SocketAddress.Family) throws(SystemCallError) -> Listener {
    if let known = silent[family] { return known }
    let new = try Listener.silent(family)
    silent[family] = new
    return new
  }

  func answeringListener(_ family: SocketAddress.Family) throws(SystemCallError) -> Listener {
    if let known = answering[family] { return known }
    let new = try Listener.answering(family)
    answering[family] = new
    return new
  }
}

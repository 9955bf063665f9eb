import Advisor
import TCPModel

/// The etcd server: pings of gRPC; keepalive of its sockets is fixed.
struct EtcdFlags: ProgramFile {
  let name = "etcd"
  let summary = "Flags for etcd's server."
  let programs = ["etcd-server"]
  let provedWith: String? = "etcd 3.4"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).etcd.txt" }

  func text(for settings: ProgramSettings) -> String {
    let lines = settings.lines([.timer(.heartbeat), .timer(.readTimeout)]) { "--\($0) \($1)s" }
    return lines.isEmpty ? "# nothing to set\n" : lines
  }
}

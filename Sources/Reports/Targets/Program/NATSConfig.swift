import Advisor
import TCPModel

/// The NATS server, which sends pings and has no keepalive.
struct NATSConfig: ProgramFile {
  let name = "nats"
  let summary = "Pings for NATS' server."
  let programs = ["nats-server"]
  let provedWith: String? = "NATS 2.9"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).nats.conf" }

  func text(for settings: ProgramSettings) -> String {
    guard let interval = settings[.heartbeat] else { return "# nothing to set\n" }
    let count = max(1, (settings[.readTimeout] ?? 2 * interval) / interval)
    return "ping_interval: \"\(interval)s\"\nping_max: \(count)\n"
  }
}

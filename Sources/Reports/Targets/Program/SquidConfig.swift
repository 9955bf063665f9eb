import Advisor
import TCPModel

/// Squid: `tcpkeepalive` of a port, and its own times towards servers.
struct SquidConfig: ProgramFile {
  let name = "squid"
  let summary = "Directives for Squid."
  let programs = ["squid-client", "squid-server"]
  let provedWith: String? = "Squid 5.7"

  func fileName(for plan: String) -> String { "\(plan).squid.conf" }

  func text(for settings: ProgramSettings) -> String {
    if settings.group.direction == .outbound {
      return settings.lines(.waits) { "\($0) \($1) seconds" }
    }
    guard settings.keepsAlive else { return "# nothing to set\n" }
    var parameter = "tcpkeepalive"
    // The third is the time for all probes, which Squid divides by the interval; 0 is the host's number.
    let (idle, interval) = (settings[.keepIdle] ?? 0, settings[.keepInterval] ?? 0)
    let probing = interval * (settings[.keepCount] ?? 0)
    if idle + interval > 0 { parameter += "=\(idle),\(interval),\(probing)" }
    return CommentWrapper.fold("With the port that is yours:") + "http_port 3128 \(parameter)\n"
  }
}

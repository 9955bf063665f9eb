import Advisor
import TCPModel

/// Caddy: options of its servers, and of the transport of a reverse proxy.
struct CaddyConfig: ProgramFile {
  let name = "caddy"
  let summary = "Options for a Caddyfile."
  let programs = ["caddy-client", "caddy-upstream"]
  let provedWith: String? = "Caddy 2.11"

  func fileName(for plan: String) -> String { "\(plan).Caddyfile" }

  func text(for settings: ProgramSettings) -> String {
    if settings.group.direction == .inbound {
      let lines = settings.lines(.keepaliveNumbers) {
        $0.hasSuffix("count") ? "        \($0) \($1)" : "        \($0) \($1)s"
      }
      return lines.isEmpty
        ? "# nothing to set\n"
        : "# At the top of the Caddyfile:\n{\n    servers {\n\(lines)    }\n}\n"
    }
    let lines =
      settings.lines(.waits) { "        \($0) \($1.timeText)" }
      + settings.lines(.keepaliveNumbers) { "        \($0) \($1)s" }
    return CommentWrapper.fold("In the block of the site, with the address that is yours:")
      + "reverse_proxy 192.0.2.1:80 {\n    transport http {\n\(lines)    }\n}\n"
  }
}

import Advisor
import TCPModel

/// Traefik 3: the transport of TCP services; its entry points take nothing.
struct TraefikConfig: ProgramFile {
  let name = "traefik"
  let summary = "The transport of Traefik's TCP services."
  let programs = ["traefik-client", "traefik-upstream"]
  let provedWith: String? = "Traefik 3.7"

  func fileName(for plan: String) -> String { "\(plan).traefik.yaml" }

  func text(for settings: ProgramSettings) -> String {
    if settings.group.direction == .inbound {
      return CommentWrapper.fold(
        "Entry points take no keepalive settings: 180 s, 15 s and 9 are fixed.")
    }
    var text = CommentWrapper.fold(
      "Dynamic configuration of version 3, below tcp: serversTransports:; a service names it as its"
        + " serversTransport.")
    text += "\(settings.label):\n"
    if let time = settings[.connectTimeout] { text += "  dialTimeout: \(time.timeText)\n" }
    if let idle = settings[.keepIdle] { text += "  dialKeepAlive: \(idle)s\n" }
    return settings[.connectTimeout] == nil && settings[.keepIdle] == nil
      ? "# nothing to set\n" : text
  }
}

import Advisor
import TCPModel

/// HAProxy: keepalive of both sides, user timeouts on `bind` and `server` lines.
struct HAProxyConfig: ProgramFile {
  let name = "haproxy"
  let summary = "Options for HAProxy's frontends and backends."
  let programs = ["haproxy-client", "haproxy-server"]
  let provedWith: String? = "HAProxy 2.6"

  func fileName(for plan: String) -> String { "\(plan).haproxy.cfg" }

  func text(for settings: ProgramSettings) -> String {
    let name = settings.label
    let isInbound = settings.group.direction == .inbound
    let prefix = isInbound ? "clitcpka" : "srvtcpka"
    var text = CommentWrapper.fold(
      isInbound
        ? "Beside mode and timeout client, which are yours."
        : "Beside mode and timeout server, which are yours; timeout tunnel overrides it in tcp mode."
    )
    text += "\(isInbound ? "frontend" : "backend") \(name)\n"
    if settings.keepsAlive {
      text += "    option \(prefix)\n"
      text += settings.lines(.keepaliveNumbers) {
        $0.hasSuffix("cnt") ? "    \($0) \($1)" : "    \($0) \($1)s"
      }
    }
    if !isInbound { text += connecting(settings) }
    if let time = settings[.readTimeout] { text += "    timeout server \(time.timeText)\n" }
    guard let timeout = settings[.userTimeout] else { return text }
    if isInbound {
      return text
        + CommentWrapper.fold("with the address and port that are yours", prefix: "    # ")
        + "    bind :8080 tcp-ut \(timeout.timeText)\n"
    }
    return text
      + CommentWrapper.fold(
        "On each server line, with the address as numbers: where it is a name, and in default-server,"
          + " tcp-ut is ignored without a word.", prefix: "    # ")
      + "    server s1 192.0.2.1:80 tcp-ut \(timeout.timeText)\n"
  }

  /// One attempt and its repetitions in the time that is asked; a third SYN leaves after 3 s.
  private func connecting(_ settings: ProgramSettings) -> String {
    guard let whole = settings[.connectTimeout] else { return "" }
    let attempts = (1...4).reversed().map { count in
      (count: count, time: (whole - (count - 1) * 1000) / count)
    }
    let chosen = attempts.first { $0.time >= 3100 } ?? (count: 1, time: whole)
    let time = chosen.time / 100 * 100 == 0 ? chosen.time : chosen.time / 100 * 100
    let total = time * chosen.count + min(time, 1000) * (chosen.count - 1)
    let attempt = chosen.count == 1 ? "one attempt" : "\(chosen.count) attempts, 1 s apart"
    return CommentWrapper.fold(
      "\(attempt): \(total.timeText) in all; the time also bounds waiting in the queue and the tarpit,"
        + " where these have none of their own.",
      prefix: "    # ")
      + "    timeout connect \(time.timeText)\n    retries \(chosen.count - 1)\n"
  }
}

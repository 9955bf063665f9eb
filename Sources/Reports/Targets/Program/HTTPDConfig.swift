import Advisor
import TCPModel

/// Apache httpd: parameters of `ProxyPass`; its listeners take none.
struct HTTPDConfig: ProgramFile {
  let name = "httpd"
  let summary = "Parameters of ProxyPass for Apache httpd."
  let programs = ["httpd-client", "httpd-proxy"]
  let provedWith: String? = "Apache httpd 2.4"

  func fileName(for plan: String) -> String { "\(plan).httpd.conf" }

  func text(for settings: ProgramSettings) -> String {
    if settings.group.direction == .inbound {
      return CommentWrapper.fold(
        "Listeners always have SO_KEEPALIVE, and there is no directive for its times: the sysctls"
          + " of the host or its network namespace hold.")
    }
    var parameters = settings.keepsAlive ? ["keepalive=On"] : []
    if let time = settings[.connectTimeout] { parameters.append("connectiontimeout=\(time)") }
    if let time = settings[.readTimeout] { parameters.append("timeout=\(time)") }
    return CommentWrapper.fold(
      "With the path and the address that are yours; one address has one set of parameters.")
      + "ProxyPass \"/\(settings.label)/\" \"http://192.0.2.1/\" \(parameters.joined(separator: " "))\n"
  }
}

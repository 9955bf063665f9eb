import Advisor
import TCPModel

/// nginx: parameters of `listen`, and directives of the proxy modules.
struct NginxConfig: ProgramFile {
  let name = "nginx"
  let summary = "Parameters and directives for nginx."
  let programs = ["nginx-client", "nginx-upstream"]
  let provedWith: String? = "nginx 1.22"

  func fileName(for plan: String) -> String { "\(plan).nginx.conf" }

  func text(for settings: ProgramSettings) -> String {
    settings.group.direction == .inbound ? listener(settings) : upstream(settings)
  }

  private func listener(_ settings: ProgramSettings) -> String {
    var parameters: [String] = []
    if settings.keepsAlive {
      let numbers = [SocketOption.keepIdle, .keepInterval, .keepCount].map {
        settings[$0].map(String.init) ?? ""
      }
      let isPlain = numbers.allSatisfy(\.isEmpty)
      parameters.append("so_keepalive=\(isPlain ? "on" : numbers.joined(separator: ":"))")
    }
    if settings[.deferAccept] ?? 0 > 0 { parameters.append("deferred") }
    guard !parameters.isEmpty else { return "# nothing to set\n" }
    return CommentWrapper.fold(
      "In the server, with the address and port that are yours; it gets a socket of its own:")
      + "listen 80 \(parameters.joined(separator: " "));\n"
  }

  private func upstream(_ settings: ProgramSettings) -> String {
    var text = CommentWrapper.fold(
      "Once in http, server or location. For FastCGI, gRPC, SCGI, uwsgi and Memcached they begin with"
        + " fastcgi_, grpc_, scgi_, uwsgi_ and memcached_; stream has proxy_timeout instead of"
        + " proxy_read_timeout, and mail has no such directive.")
    if settings.keepsAlive { text += "proxy_socket_keepalive on;\n" }
    if let time = settings[.connectTimeout] {
      text += CommentWrapper.fold("For each server that is tried.")
      text += "proxy_connect_timeout \(time.timeText);\n"
    }
    if let time = settings[.readTimeout] { text += "proxy_read_timeout \(time.timeText);\n" }
    return text
  }
}

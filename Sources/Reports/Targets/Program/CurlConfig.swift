import Advisor
import TCPModel

/// curl: a file for its --config.
struct CurlConfig: ProgramFile {
  let name = "curl"
  let summary = "A file for curl's --config."
  let programs = ["curl"]
  let provedWith: String? = "curl 7.88"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).curlrc" }

  func text(for settings: ProgramSettings) -> String {
    var text = ""
    if let time = settings[.connectTotal] {
      text += CommentWrapper.fold("For the name, TCP and TLS, all addresses together.")
      text += "connect-timeout = \(time.secondsText)\n"
    }
    if let idle = settings[.keepIdle] {
      text += CommentWrapper.fold("The silence and the interval as well.")
      text += "keepalive-time = \(idle)\n"
    }
    if let count = settings[.keepCount] { text += "keepalive-cnt = \(count)\n" }
    return text.isEmpty ? "# nothing to set\n" : text
  }
}

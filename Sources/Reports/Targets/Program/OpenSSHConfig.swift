import Advisor
import TCPModel

/// OpenSSH: ssh_config or sshd_config.
struct OpenSSHConfig: ProgramFile {
  let name: String
  let summary: String
  let programs: [String]
  let provedWith: String?
  private let prefix: String

  static let client = OpenSSHConfig(
    name: "ssh", summary: "A file for ssh_config.d.", programs: ["ssh"], provedWith: "OpenSSH 9.2",
    prefix: "Server")
  static let server = OpenSSHConfig(
    name: "sshd", summary: "A file for sshd_config.d.", programs: ["sshd"],
    provedWith: "OpenSSH 9.2",
    prefix: "Client")
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).\(name).conf" }

  func text(for settings: ProgramSettings) -> String {
    var text = settings.keepsAlive ? "TCPKeepAlive yes\n" : ""
    if let time = settings[.connectTimeout] {
      text += "ConnectTimeout \(time)\nConnectionAttempts 1\n"
    }
    if let interval = settings[.heartbeat] {
      let count = max(1, (settings[.readTimeout] ?? 3 * interval) / interval)
      text += "\(prefix)AliveInterval \(interval)\n\(prefix)AliveCountMax \(count)\n"
    }
    return text.isEmpty ? "# nothing to set\n" : text
  }
}

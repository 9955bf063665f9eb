import Advisor
import TCPModel

/// A listener of systemd: a drop-in for its socket unit.
struct SystemdSocketUnit: ProgramFile {
  let name = "systemd-socket"
  let summary = "A drop-in for a socket unit of systemd."
  let programs = ["systemd-socket"]
  let opening = "[Socket]\n"
  let provedWith: String? = "systemd-analyze 252"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).socket.d/tcpadvisor.conf" }

  func text(for settings: ProgramSettings) -> String {
    "# In the folder of the unit, UNIT.socket.d.\n"
      + (settings.keepsAlive ? "KeepAlive=yes\n" : "")
      + settings.lines(.keepaliveNumbers + [.option(.deferAccept)]) { "\($0)=\($1)" }
  }
}

import Advisor
import TCPModel

/// Varnish: parameters for its clients, and fields of a backend in the VCL.
struct VarnishParameters: ProgramFile {
  let name = "varnish"
  let summary = "Parameters of varnishd, and fields of a backend."
  let programs = ["varnish-client", "varnish-backend"]
  let provedWith: String? = "Varnish 7.1"

  func fileName(for plan: String) -> String { "\(plan).varnish.txt" }

  func text(for settings: ProgramSettings) -> String {
    if settings.group.direction == .inbound {
      return settings.lines(.keepaliveNumbers) { "-p \($0)=\($1)" }
    }
    return CommentWrapper.fold("In the backend of the VCL:")
      + settings.lines(.waits) { "\($0) = \($1.timeText);" }
  }
}

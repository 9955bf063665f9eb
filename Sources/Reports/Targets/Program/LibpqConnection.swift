import Advisor
import TCPModel

/// libpq, and what is built on it: a service file with the parameters of connections.
struct LibpqConnection: ProgramFile {
  let name = "libpq"
  let summary = "Connection parameters for libpq, as a service file."
  let programs = ["libpq"]
  let provedWith: String? = "psql 15"

  func fileName(for plan: String) -> String { "\(plan).pg_service.conf" }

  func text(for settings: ProgramSettings) -> String {
    let parameters = settings.parameters(.liveness + .waits) { "\($0)=\($1)" }
    return CommentWrapper.fold(
      "The same may stand in a connection string, or in a URI after ?, joined by &.")
      + "[\(settings.label)]\n" + parameters.map { "\($0)\n" }.joined()
  }
}

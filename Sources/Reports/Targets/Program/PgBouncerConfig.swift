import Advisor
import TCPModel

/// PgBouncer, which has one set of numbers for clients and servers.
struct PgBouncerConfig: ProgramFile {
  let name = "pgbouncer"
  let summary = "Settings for pgbouncer.ini."
  let programs = ["pgbouncer-server", "pgbouncer-client"]
  let commentPrefix = "; "
  let opening = "[pgbouncer]\n"
  let provedWith: String? = "PgBouncer 1.18"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).pgbouncer.ini" }

  func text(for settings: ProgramSettings) -> String {
    settings.lines(.liveness + [.option(.deferAccept)] + .waits) { "\($0) = \($1)" }
  }
}

import Advisor
import TCPModel

/// The PostgreSQL server: postgresql.conf.
struct PostgreSQLConfig: ProgramFile {
  let name = "postgresql"
  let summary = "Settings for postgresql.conf."
  let programs = ["postgresql"]
  let provedWith: String? = "PostgreSQL 15"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).postgresql.conf" }

  func text(for settings: ProgramSettings) -> String {
    settings.lines(.liveness) { "\($0) = \($1)" }
  }
}

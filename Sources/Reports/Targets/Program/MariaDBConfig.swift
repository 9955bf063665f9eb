import Advisor
import TCPModel

/// The MariaDB server: an option file.
struct MariaDBConfig: ProgramFile {
  let name = "mariadb"
  let summary = "An option file for MariaDB's server."
  let programs = ["mariadbd"]
  let opening = "[mariadbd]\n"
  let provedWith: String? = "MariaDB 10.11"
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).mariadb.cnf" }

  func text(for settings: ProgramSettings) -> String {
    settings.lines(.keepaliveNumbers) { "\($0) = \($1)" }
  }
}

import Advisor
import TCPModel

/// The MySQL server, which takes no settings of the kind.
struct MySQLServer: ProgramFile {
  let name = "mysql"
  let summary = "What MySQL's server does, which takes no settings of the kind."
  let programs = ["mysqld"]

  func fileName(for plan: String) -> String { "\(plan).mysql.cnf" }

  func text(for settings: ProgramSettings) -> String {
    CommentWrapper.fold(
      "The server has no settings for it: SO_KEEPALIVE is on, and its times are the sysctls of the"
        + " host or its network namespace.")
  }
}

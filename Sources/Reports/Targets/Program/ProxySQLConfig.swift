import Advisor
import TCPModel

/// ProxySQL: statements for its administration interface.
struct ProxySQLConfig: ProgramFile {
  let name = "proxysql"
  let summary = "Statements for ProxySQL's administration."
  let programs = ["proxysql-client"]
  let commentPrefix = "-- "
  let isOneForAll = true

  func fileName(for plan: String) -> String { "\(plan).proxysql.sql" }

  func text(for settings: ProgramSettings) -> String {
    guard settings.keepsAlive else { return "-- nothing to set\n" }
    var text = "SET mysql-use_tcp_keepalive='true';\n"
    // Older releases have another default.
    if let idle = settings[.keepIdle] ?? settings.program.sets[.keepIdle] {
      text += "SET mysql-tcp_keepalive_time=\(idle);\n"
    }
    return text + "LOAD MYSQL VARIABLES TO RUNTIME;\nSAVE MYSQL VARIABLES TO DISK;\n"
  }
}

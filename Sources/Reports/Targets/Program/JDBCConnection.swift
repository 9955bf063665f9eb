import Advisor
import TCPModel

/// A JDBC driver: properties of its connections.
struct JDBCConnection: ProgramFile {
  let name: String
  let summary: String
  let programs: [String]
  let provedWith: String?
  /// What stands in front of the parameters.
  private let url: String

  private init(
    _ name: String, of product: String, url: String, provedWith: String? = nil
  ) {
    (self.name, self.url, self.provedWith) = (name, url, provedWith)
    summary = "Connection properties for \(product)."
    programs = [name]
  }

  static let postgreSQL = JDBCConnection(
    "pgjdbc", of: "PostgreSQL's JDBC driver", url: "jdbc:postgresql://db/app",
    provedWith: "pgjdbc 42.5")
  static let mySQL = JDBCConnection(
    "mysql-connector-j", of: "MySQL Connector/J", url: "jdbc:mysql://db/app")
  static let mariaDB = JDBCConnection(
    "mariadb-connector-j", of: "MariaDB Connector/J", url: "jdbc:mariadb://db/app",
    provedWith: "Connector/J 2.7, all but the times of keepalive")

  func fileName(for plan: String) -> String { "\(plan).\(name).properties" }

  func text(for settings: ProgramSettings) -> String {
    let parameters = settings.parameters(.liveness + .waits) { name, number in
      name == "tcpKeepAlive" ? "\(name)=\(number != 0)" : "\(name)=\(number)"
    }
    let query = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    return CommentWrapper.fold("With the host and the database that are yours:")
      + "\(settings.label)=\(url)\(query)\n"
  }
}

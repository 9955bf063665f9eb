import Advisor
import TCPModel

/// MongoDB's drivers: options of the connection string; keepalive is not among them.
struct MongoDBConnection: ProgramFile {
  let name = "mongodb"
  let summary = "Options of MongoDB's connection string."
  let programs = ["pymongo", "mongod"]
  let provedWith: String? = "PyMongo 4.20"

  func fileName(for plan: String) -> String { "\(plan).mongodb.txt" }

  func text(for settings: ProgramSettings) -> String {
    let note = CommentWrapper.fold(
      "Keepalive is no option: the program lowers the host's numbers to its own and never raises"
        + " them.")
    if settings.group.direction == .inbound { return note }
    let options = settings.parameters(.waits) { "\($0)=\($1)" }
    let query = options.isEmpty ? "" : "?" + options.joined(separator: "&")
    return note + "mongodb://db/\(query)\n"
  }
}

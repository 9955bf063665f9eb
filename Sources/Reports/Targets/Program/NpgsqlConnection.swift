import Advisor
import TCPModel

/// Npgsql: a connection string.
struct NpgsqlConnection: ProgramFile {
  let name = "npgsql"
  let summary = "Parts of a connection string for Npgsql."
  let programs = ["npgsql"]

  func fileName(for plan: String) -> String { "\(plan).npgsql.txt" }

  func text(for settings: ProgramSettings) -> String {
    // An interval without a time is refused.
    let names = (.liveness + .waits).filter { (subject: ProgramKnob.Subject) in
      subject != .option(.keepInterval) || settings[.keepIdle] != nil
    }
    return settings.parameters(names) { name, number in
      name == "Tcp Keepalive" ? "\(name)=\(number != 0)" : "\(name)=\(number)"
    }.joined(separator: ";") + "\n"
  }
}

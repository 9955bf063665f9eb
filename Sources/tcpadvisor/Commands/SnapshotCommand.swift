import ArgumentParser
import Reports
import TCPModel

/// Captures the settings of one host, for `--from` elsewhere.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Print the settings of this host as JSON, for --from on another.")

  @OptionGroup var source: SettingsSource
  @OptionGroup var output: OutputOptions

  func run() throws {
    let snapshot = try source.snapshot()
    var sysctls: [String: JSON] = [:]
    var unreadable: [String: JSON] = [:]
    // What is assumed was not captured; who reads the snapshot assumes it again.
    for (key, reading) in snapshot.readings where !snapshot.assumed.contains(key) {
      if let printed = reading.printed { sysctls[key.rawValue] = .string(printed) }
      if case .denied(let errno) = reading { unreadable[key.rawValue] = .string(errno) }
    }
    let part: JSON = ["sysctls": .object(sysctls), "unreadable": .object(unreadable)]
    Console.print(JSON.answer("snapshot", about: snapshot, part).text)
  }
}

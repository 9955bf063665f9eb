import Advisor
import ArgumentParser
import NetAddress
import TCPModel

/// Which sockets are looked at.
struct SocketFilterOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Only sockets in a state, such as established, or connected for all but listen and close.",
      valueName: "state"))
  var state: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Only those of processes of this name; * stands for anything.", valueName: "name"))
  var process: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only those of a user, by name or number.", valueName: "user"))
  var user: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only those with this port at either end.", valueName: "port"))
  var port: [UInt16] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Only those with an address in this network at either end.", valueName: "address|network"))
  var address: [String] = []

  func filter() throws -> SocketFilter {
    var filter = SocketFilter()
    filter.states = Set(try state.flatMap(Self.states))
    filter.programs = process.map { Glob($0) }
    filter.users = user.map { name in UInt32(name).map { .id($0) } ?? .name(name) }
    filter.ports = Set(port)
    filter.addresses = try address.map(Self.prefix)
    return filter
  }

  /// All that `ss` calls connected.
  private static let connected = TCPState.allCases.filter { $0 != .listen && $0 != .closed }

  private static func states(_ name: String) throws -> [TCPState] {
    if name == "connected" { return connected }
    if let state = TCPState(named: name) { return [state] }
    let all = TCPState.allCases.map(\.name) + ["connected"]
    let near = NearestName.question(name, among: all) ?? ""
    throw UsageError(
      "--state \(name): no such state\(near); there are: \(all.joined(separator: ", "))")
  }

  private static func prefix(_ text: String) throws -> IPPrefix {
    if let prefix = IPPrefix(text) ?? IPAddress(text).map({ IPPrefix($0) }) { return prefix }
    throw UsageError("--address \(text): an address, or a network such as 10.0.0.0/8, is needed")
  }
}

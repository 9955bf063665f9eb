import TCPModel

extension SocketGroup {
  /// Who opened the connections.
  package var direction: ConnectionGroup.Direction {
    if case .clients = peer { .inbound } else { .outbound }
  }

  /// Returns what is known of the program that has these connections; nil if that is nothing.
  package func known(among programs: [KnownProgram]) -> KnownProgram? {
    guard let program else { return nil }
    return programs.first { known in
      known.direction == direction && known.processes.contains { Glob($0).matches(program) }
    }
  }
}

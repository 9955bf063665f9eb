import TCPModel

extension SocketGroup {
  /// Returns what is known of the program that has these connections; nil if that is nothing.
  package func known(among programs: [KnownProgram]) -> KnownProgram? {
    guard let program else { return nil }
    let isInbound = if case .clients = peer { true } else { false }
    let direction = isInbound ? ConnectionGroup.Direction.inbound : .outbound
    return programs.first { known in
      known.direction == direction && known.processes.contains { Glob($0).matches(program) }
    }
  }
}

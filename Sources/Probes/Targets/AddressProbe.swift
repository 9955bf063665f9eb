import Linux
import TCPModel

/// An address of a target, connected to once or in rounds.
final class AddressProbe: Destination {
  let address: SocketAddress
  var failures = 0
  let target: String
  let place, number: Int
  let resolution: Duration?
  /// The others of its name, of which the first to answer wins; nil where every address counts.
  let race: Race?
  var rounds: [ConnectResult] = []

  init(
    _ address: SocketAddress, of target: String, place: Int, number: Int,
    resolution: Duration? = nil,
    race: Race? = nil
  ) {
    (self.target, self.place, self.number) = (target, place, number)
    (self.resolution, self.race) = (resolution, race)
    self.address = address
  }

  var result: ProbedAddress {
    ProbedAddress(
      target: target, place: place, number: number, address: "\(address)",
      isV6: address.family == .v6,
      rounds: rounds, resolution: resolution)
  }

  /// Of the last round.
  var outcome: ConnectOutcome? { rounds.last?.outcome }
}

import Linux
import TCPModel

/// An address of a target, connected to once or in rounds.
final class AddressProbe: Destination {
  let address: SocketAddress
  var failures = 0
  let target: String
  let place: Int
  let resolution: Duration?
  /// The others of its name, of which the first to answer wins; nil where every address counts.
  let race: Race?
  var rounds: [ConnectResult] = []

  init(
    _ address: SocketAddress, of target: String, place: Int, resolution: Duration? = nil,
    race: Race? = nil
  ) {
    (self.target, self.place) = (target, place)
    (self.resolution, self.race) = (resolution, race)
    self.address = address
  }

  var result: ProbeResult {
    ProbeResult(
      target: target, place: place, address: address, rounds: rounds, resolution: resolution)
  }
}

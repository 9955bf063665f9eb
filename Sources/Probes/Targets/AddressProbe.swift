import Linux
import NetAddress
import Observations
import TCPModel

/// An address of a target, connected to once or in rounds.
final class AddressProbe: Destination {
  /// What an address was found for.
  struct Origin {
    /// As the user wrote it.
    let text: String
    /// Its place among all targets.
    let index: Int
    /// Those of this target alone.
    let options: SocketOptions
    /// How long the name took; nil if there was none.
    var resolution: Duration?
  }

  let address: Endpoint
  let origin: Origin
  /// The address's place among those of the target.
  let number: Int
  /// The others of its name, of which the first to answer wins; nil if every address counts.
  let race: HappyEyeballs?
  var failures = 0
  var slot: Int?
  var rounds: [ConnectResult] = []
  /// Whether it is not connected to again for an interrupt alone.
  var isCutShort = false

  init(_ address: Endpoint, of origin: Origin, number: Int, race: HappyEyeballs? = nil) {
    (self.address, self.origin, self.number, self.race) = (address, origin, number, race)
  }

  var options: SocketOptions { origin.options }

  var result: ProbedAddress {
    var result = ProbedAddress(
      target: origin.text, index: origin.index, number: number, endpoint: address.withZone,
      options: origin.options, rounds: rounds, resolution: origin.resolution)
    result.isCutShort = isCutShort
    return result
  }

  /// Of the last round.
  var outcome: ConnectOutcome? { rounds.last?.outcome }
}

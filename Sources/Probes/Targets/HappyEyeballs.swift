import Linux
import NetAddress
import Observations
import TCPModel

/// The addresses of a name, of which the next is tried when the one before has failed or 250 ms have
/// gone by, and the first to answer ends it (RFC 8305, 5).
final class HappyEyeballs {
  private let origin: AddressProbe.Origin
  private var begun: [AddressProbe] = []
  private var start = Duration.zero
  private var waiting: ArraySlice<Endpoint>
  private var failures = 0
  private(set) var due = Duration.zero

  init(_ addresses: [Endpoint], of origin: AddressProbe.Origin) {
    self.origin = origin
    waiting = Self.interlaced(addresses)[...]
  }

  var isWaiting: Bool { !waiting.isEmpty }
  var isOver: Bool { waiting.isEmpty && failures == begun.count }
  /// Attempts that have not ended.
  var underWay: [AddressProbe] { begun.filter { $0.outcome == nil } }

  /// Returns the next address; nil before it is due.
  func next(at now: Duration) -> AddressProbe? {
    guard due <= now, let address = waiting.popFirst() else { return nil }
    due = now + RaceReport.delay
    if begun.isEmpty { start = now }
    let next = AddressProbe(address, of: origin, number: begun.count + 1, race: self)
    begun.append(next)
    return next
  }

  /// The next one need not wait any longer.
  func fail(at now: Duration) {
    failures += 1
    due = now
  }

  /// Ends it.
  /// - Parameter winner: nil if there is none.
  /// - Returns: the results to report, of the winner or of all that have ended.
  func end(at now: Duration, winner: AddressProbe?) -> [ProbedAddress] {
    let losers = begun.filter { $0 !== winner }.map {
      RaceReport.Loser($0.address.withZone, $0.outcome)
    }
    let report = RaceReport(wait: now - start, losers: losers)
    defer { (begun, waiting) = ([], []) }
    return (winner.map { [$0] } ?? begun.filter { $0.outcome != nil }).map {
      var result = $0.result
      result.race = report
      return result
    }
  }

  /// Returns the families by turns, beginning with that of the first address (RFC 8305, 4).
  static func interlaced(_ addresses: [Endpoint]) -> [Endpoint] {
    guard let family = addresses.first?.family else { return [] }
    var first = addresses.filter { $0.family == family }[...]
    var second = addresses.filter { $0.family != family }[...]
    var order: [Endpoint] = []
    while let one = first.popFirst() {
      order.append(one)
      if let other = second.popFirst() { order.append(other) }
    }
    return order + second
  }
}

import Linux
import TCPModel

/// The addresses of a name, of which the next is tried when the one before has failed or 250 ms have
/// gone by, and the first to answer ends it (RFC 8305, 5).
final class Race {
  static let delay = Duration.milliseconds(250)

  private let origin: AddressProbe.Origin
  private var begun = 0
  private var waiting: ArraySlice<SocketAddress>
  private(set) var underWay = 0
  private(set) var due = Duration.zero
  var failed: [ProbedAddress] = []

  init(_ addresses: [SocketAddress], of origin: AddressProbe.Origin) {
    self.origin = origin
    waiting = Self.interlaced(addresses)[...]
  }

  var isWaiting: Bool { !waiting.isEmpty }
  var isOver: Bool { waiting.isEmpty && underWay == 0 }

  /// The next address; nil before it is due.
  func next(at now: Duration) -> AddressProbe? {
    guard due <= now, let address = waiting.popFirst() else { return nil }
    due = now + Self.delay
    underWay += 1
    begun += 1
    return AddressProbe(address, of: origin, number: begun, race: self)
  }

  func fail(_ result: ProbedAddress, at now: Duration) {
    failed.append(result)
    underWay -= 1
    due = now
  }

  /// The families by turns, beginning with that of the first address (RFC 8305, 4).
  static func interlaced(_ addresses: [SocketAddress]) -> [SocketAddress] {
    guard let family = addresses.first?.family else { return [] }
    var first = addresses.filter { $0.family == family }[...]
    var second = addresses.filter { $0.family != family }[...]
    var order: [SocketAddress] = []
    while let one = first.popFirst() {
      order.append(one)
      if let other = second.popFirst() { order.append(other) }
    }
    return order + second
  }
}

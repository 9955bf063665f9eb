/// Addresses whose turn is to come; those that came first are due first.
struct WaitingProbes {
  private var entries: [(due: Duration, probe: AddressProbe)] = []
  private var first = 0

  var isEmpty: Bool { first == entries.count }
  var due: Duration? { isEmpty ? nil : entries[first].due }

  mutating func add(_ probe: AddressProbe, due: Duration) {
    entries.append((due, probe))
  }

  /// The first one, if it is due.
  mutating func next(at now: Duration) -> AddressProbe? {
    guard let due, due <= now else { return nil }
    let probe = entries[first].probe
    first += 1
    // Moved to the front now and then, so that taking one away costs next to nothing.
    if first > 256, first * 2 > entries.count {
      entries.removeFirst(first)
      first = 0
    }
    return probe
  }
}

import Linux

/// Races that are not over.
struct ActiveRaces {
  private var all: [ObjectIdentifier: HappyEyeballs] = [:]
  /// May try an address at once; and later, in the order in which they may. One that is in both, for a
  /// failure has made it free to go on, says itself when it is due.
  private var ready = DueQueue<HappyEyeballs>(), later = DueQueue<HappyEyeballs>()

  var isEmpty: Bool { all.isEmpty }
  var due: Duration? { ready.due ?? later.due }
  /// Those that have not begun, or are free to go on.
  var readyCount: Int { ready.count }

  mutating func add(_ race: HappyEyeballs) {
    all[ObjectIdentifier(race)] = race
    ready.add(race)
  }

  /// Lets it go on, after one of its addresses has failed.
  mutating func goOn(_ race: HappyEyeballs) {
    if race.isWaiting { ready.add(race) }
  }

  mutating func remove(_ race: HappyEyeballs) { all[ObjectIdentifier(race)] = nil }

  /// Returns the next address of one of them; nil if none is due.
  mutating func next(at now: Duration) -> AddressProbe? {
    while let race = ready.next(at: now) ?? later.next(at: now) {
      guard let next = race.next(at: now) else { continue }
      if race.isWaiting { later.add(race, due: race.due) }
      return next
    }
    return nil
  }

  /// Removes all of them, and returns them.
  mutating func takeAll() -> [HappyEyeballs] {
    defer { self = ActiveRaces() }
    return Array(all.values)
  }
}

/// Attempts by their slots, in the order in which they began: the first one's deadline is the next.
struct AttemptsUnderWay {
  private struct Slot {
    var attempt: ConnectAttempt?
    var before, after: Int
  }

  private static let none = -1
  private var slots: [Slot] = []
  private var free: [Int] = []
  private var first = none, last = none
  private(set) var count = 0

  var oldest: ConnectAttempt? { first == Self.none ? nil : slots[first].attempt }
  var oldestSlot: Int { first }

  subscript(slot: Int) -> ConnectAttempt? {
    slots.indices.contains(slot) ? slots[slot].attempt : nil
  }

  /// - Returns: its slot.
  mutating func add(_ attempt: ConnectAttempt) -> Int {
    let entry = Slot(attempt: attempt, before: last, after: Self.none)
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      slots[slot] = entry
    } else {
      slot = slots.count
      slots.append(entry)
    }
    if last == Self.none { first = slot } else { slots[last].after = slot }
    last = slot
    count += 1
    return slot
  }

  mutating func remove(_ slot: Int) {
    guard self[slot] != nil else { return }
    let (before, after) = (slots[slot].before, slots[slot].after)
    if before == Self.none { first = after } else { slots[before].after = after }
    if after == Self.none { last = before } else { slots[after].before = before }
    slots[slot].attempt = nil
    free.append(slot)
    count -= 1
  }

  /// The slots of those that `isWanted` says.
  func slots(where isWanted: (any Destination) -> Bool) -> [Int] {
    slots.indices.filter { slots[$0].attempt.map { isWanted($0.destination) } ?? false }
  }
}

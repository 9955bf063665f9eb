import Linux
import NetAddress

/// Attempts by their slots, in the order in which they began: the first one's deadline is the next.
/// A slot keeps the socket of an attempt that was refused or reset, for the next one.
struct InFlightAttempts {
  private struct Slot {
    var attempt: ConnectAttempt?
    var isUnderWay = true
    var before, after: Int
  }

  private static let none = -1
  private var slots: [Slot] = []
  /// Slots that hold nothing, and those that hold a socket alone.
  private var free: [Int] = [], spent: [Int] = []
  private var first = none, last = none
  private(set) var count = 0

  var oldest: ConnectAttempt? { first == Self.none ? nil : slots[first].attempt }
  var oldestSlot: Int { first }

  subscript(slot: Int) -> ConnectAttempt? {
    slots.indices.contains(slot) && slots[slot].isUnderWay ? slots[slot].attempt : nil
  }

  /// - Returns: its slot.
  mutating func add(_ attempt: ConnectAttempt) -> Int {
    let slot = free.popLast() ?? slots.count
    let entry = Slot(attempt: attempt, before: Self.none, after: Self.none)
    if slot == slots.count { slots.append(entry) } else { slots[slot] = entry }
    append(slot)
    return slot
  }

  /// Puts an attempt under way again that has ended and whose socket can connect once more.
  /// - Returns: its slot; nil if there is none.
  mutating func addSpent(fitting next: any Destination) -> Int? {
    guard let slot = spent.popLast() else { return nil }
    let last = slots[slot].attempt?.destination
    guard last?.address.family == next.address.family, last?.options == next.options else {
      // It makes room for one that fits.
      slots[slot].attempt = nil
      free.append(slot)
      return nil
    }
    slots[slot].isUnderWay = true
    append(slot)
    return slot
  }

  private mutating func append(_ slot: Int) {
    (slots[slot].before, slots[slot].after) = (last, Self.none)
    if last == Self.none { first = slot } else { slots[last].after = slot }
    last = slot
    count += 1
  }

  /// Forgets an attempt, whose socket closes.
  mutating func remove(_ slot: Int) {
    unlink(slot)
    slots[slot].attempt = nil
    free.append(slot)
  }

  /// Ends an attempt and keeps its socket.
  mutating func retire(_ slot: Int) {
    unlink(slot)
    spent.append(slot)
  }

  /// Closes the sockets that are kept; whether there were some.
  mutating func closeSpent() -> Bool {
    for slot in spent { slots[slot].attempt = nil }
    free += spent
    defer { spent = [] }
    return !spent.isEmpty
  }

  private mutating func unlink(_ slot: Int) {
    guard slots[slot].isUnderWay else { return }
    let (before, after) = (slots[slot].before, slots[slot].after)
    if before == Self.none { first = after } else { slots[before].after = after }
    if after == Self.none { last = before } else { slots[after].before = before }
    slots[slot].isUnderWay = false
    count -= 1
  }

  /// The slots of all that are under way.
  var all: [Int] { slots.indices.filter { slots[$0].isUnderWay } }
}

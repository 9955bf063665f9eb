/// What has its turn to come; those that came first are due first.
struct DueQueue<Element> {
  private var entries: [(due: Duration, element: Element)] = []
  private var first = 0

  var isEmpty: Bool { first == entries.count }
  var count: Int { entries.count - first }
  /// On the monotonic clock; nil if nothing waits.
  var due: Duration? { isEmpty ? nil : entries[first].due }

  mutating func add(_ element: Element, due: Duration = .zero) { entries.append((due, element)) }

  /// Removes the first element if it is due, and returns it.
  mutating func next(at now: Duration) -> Element? {
    guard let due, due <= now else { return nil }
    let element = entries[first].element
    first += 1
    // Moved to the front now and then, so that taking one away costs next to nothing.
    if first > 256, first * 2 > entries.count {
      entries.removeFirst(first)
      first = 0
    }
    return element
  }

  /// Removes all elements, due or not, and returns them.
  mutating func takeAll() -> [Element] {
    defer { (entries, first) = ([], 0) }
    return entries[first...].map(\.element)
  }
}

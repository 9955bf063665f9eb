/// Elements in the order in which they came, each once.
struct Distinct<Element: Hashable>: Sequence {
  private(set) var elements: [Element] = []
  private var known: Set<Element> = []

  init() {}

  init(_ elements: [Element]) {
    for element in elements { insert(element) }
  }

  mutating func insert(_ element: Element) {
    if known.insert(element).inserted { elements.append(element) }
  }

  var count: Int { elements.count }
  func contains(_ element: Element) -> Bool { known.contains(element) }
  func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension Distinct: Sendable where Element: Sendable {}

extension Array where Element: Hashable {
  /// Each element once, where it comes first.
  var distinct: [Element] { Distinct(self).elements }
}

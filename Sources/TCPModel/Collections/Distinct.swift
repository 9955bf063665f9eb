/// Elements in the order in which they came, each once.
package struct Distinct<Element: Hashable>: Sequence {
  package private(set) var elements: [Element] = []
  private var known: Set<Element> = []

  package init() {}

  package init(_ elements: [Element]) {
    for element in elements { insert(element) }
  }

  package mutating func insert(_ element: Element) {
    if known.insert(element).inserted { elements.append(element) }
  }

  package var count: Int { elements.count }
  package func contains(_ element: Element) -> Bool { known.contains(element) }
  package func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension Distinct: Sendable where Element: Sendable {}

extension Array where Element: Hashable {
  /// Each element once, where it comes first.
  package var distinct: [Element] { Distinct(self).elements }
}

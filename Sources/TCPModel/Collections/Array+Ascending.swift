extension Array {
  /// Returns where the first element is that lies beyond a border, as all after it do; the end where none
  /// does.
  func place(beyond isBeyond: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Array where Element: Comparable {
  /// Returns where the first element of an ascending array is that is greater than a value; the end where
  /// none is.
  func place(after value: Element) -> Int { place { $0 > value } }
}

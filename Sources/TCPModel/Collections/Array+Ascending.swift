extension Array where Element: Comparable {
  /// Returns where the first element of an ascending array is that is greater than a value; the end where
  /// none is.
  func place(after value: Element) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

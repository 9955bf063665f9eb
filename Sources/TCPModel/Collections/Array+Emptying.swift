extension Array {
  /// Removes all elements and keeps the storage; of what is empty nothing is touched.
  mutating func empty() {
    if !isEmpty { removeAll(keepingCapacity: true) }
  }
}

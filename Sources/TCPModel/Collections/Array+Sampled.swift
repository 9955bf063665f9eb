extension Array {
  /// So many of them at most, evenly spread; the first and the last are among them.
  func sampled(_ most: Int) -> [Element] {
    guard count > most, most > 1 else { return self }
    return (0..<most).map { self[(count - 1) * $0 / (most - 1)] }
  }
}

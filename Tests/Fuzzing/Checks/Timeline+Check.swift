import TCPModel

extension Timeline {
  /// Refuses times that cannot be: a range that ends before it begins, or one before the start.
  func check(_ subject: @autoclosure () -> String) throws(FuzzFault) {
    let ranges = branches.flatMap { $0.events.map(\.range) } + [range].compactMap(\.self)
    for range in ranges where range.earliest < .zero || range.latest < range.earliest {
      throw FuzzFault("\(subject()): from \(range.earliest) to \(range.latest)")
    }
  }
}

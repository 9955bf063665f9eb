extension DataRetransmission {
  /// A course that no lateness can change.
  private struct Shape: Hashable {
    let sent: Int
    /// After how many retransmissions the timeout is at its maximum; another limit may hold there.
    let sentBelowMaximum: Int
    /// The bucket of a last wait that the user timeout cuts short; zero where it cuts none.
    let lastBucket: Int
    let hasLossProbe, isRearmed: Bool
  }

  /// Returns the simulations that end first and last, of those that share a first timeout each.
  ///
  /// Every wait of a course gets longer with the timeout, and so fires no earlier: where neighbours
  /// have one certain shape, the ends of all lie between those of the first and the last of them.
  static func decisive(
    _ simulations: [[DataRetransmission]], on wheel: TimerWheel
  ) -> [[DataRetransmission]] {
    let shapes = simulations.map { $0.map { $0.shape(on: wheel) } }
    return simulations.indices.filter { index in
      guard index > 0, index + 1 < simulations.count, !shapes[index].contains(nil) else {
        return true
      }
      return shapes[index - 1] != shapes[index] || shapes[index + 1] != shapes[index]
    }.map { simulations[$0] }
  }

  /// nil if lateness may decide; counted as `run` does, with the least and the most of it.
  private func shape(on wheel: TimerWheel) -> Shape? {
    // Elsewhere milliseconds and jiffies of what is left do not add up.
    if userTimeout > 0, 1000 % hertz != 0 { return nil }
    var (least, most, wait, sent, sentBelowMaximum) = (0, 0, timeout, 0, 0)
    var lastBucket = 0
    while true {
      let limit = wait < maximum ? limit : limitAtMaximum
      if sent > 0, least >= limit { break }
      if sent > 0, most >= limit { return nil }
      sent += 1
      if sent > linearTimeouts { wait = min(2 * wait, maximum) }
      if wait < maximum { sentBelowMaximum = sent }
      if userTimeout > 0, wait > limit - most {
        lastBucket = wheel.granularity(of: limit - most)
        let isOne = lastBucket == wheel.granularity(of: limit - least)
        guard isOne, wait > limit - least else { return nil }
        break
      }
      least += wait
      most += wait + wheel.granularity(of: wait)
    }
    return Shape(
      sent: sent, sentBelowMaximum: sentBelowMaximum, lastBucket: lastBucket,
      hasLossProbe: lossProbe != nil, isRearmed: rearmed > 0)
  }
}

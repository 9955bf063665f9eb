extension DataRetransmission {
  /// A course that no lateness can change.
  private struct Shape: Hashable {
    let sent: Int
    /// After how many retransmissions the timeout is at its maximum; another limit may hold there.
    let sentBelowMaximum: Int
    /// The bucket of a last wait that the user timeout cuts short; zero where it cuts none.
    let lastBucket: Int
    let hasLossProbe, isRearmed: Bool
    /// Which retransmission is the last whose answer comes in time.
    let answered: Int
  }

  /// Returns the simulations whose events come first and last, of those that share a first timeout
  /// each.
  ///
  /// Every wait of a course gets longer with the timeout, and so fires no earlier: where neighbours
  /// have one certain shape, the events of all lie between those of the first and the last of them.
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
    var (lastBucket, end) = (0, (least: 0, most: 0))
    var times: [(least: Int, most: Int)] = []
    while true {
      let limit = wait < maximum ? limit : limitAtMaximum
      if sent > 0, least >= limit {
        end = (least, most)
        break
      }
      // Of a longer course not all is simulated, and millions of retransmissions are not counted.
      guard sent < EventTrace.mostTimes, sent == 0 || most < limit else { return nil }
      sent += 1
      times.append((least, most))
      if sent > linearTimeouts { wait = min(2 * wait, maximum) }
      if wait < maximum { sentBelowMaximum = sent }
      if userTimeout > 0, wait > limit - most {
        lastBucket = wheel.granularity(of: limit - most)
        let isOne = lastBucket == wheel.granularity(of: limit - least)
        guard isOne, wait > limit - least else { return nil }
        end = (limit, limit + lastBucket)
        break
      }
      least += wait
      most += wait + wheel.granularity(of: wait)
    }
    guard let answered = answered(of: times, before: end) else { return nil }
    return Shape(
      sent: sent, sentBelowMaximum: sentBelowMaximum, lastBucket: lastBucket,
      hasLossProbe: lossProbe != nil, isRearmed: rearmed > 0, answered: answered)
  }

  /// The last whose answer comes before the end in every phase; nil where another one does in some.
  private func answered(of times: [(least: Int, most: Int)], before end: (least: Int, most: Int))
    -> Int?
  {
    guard let last = times.lastIndex(where: { $0.most + roundTrip < end.least }) else { return nil }
    let isCertain = last + 1 == times.count || times[last + 1].least + roundTrip >= end.most
    return isCertain ? last : nil
  }
}

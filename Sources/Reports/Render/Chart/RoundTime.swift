import TCPModel

/// A time that people count by.
struct RoundTime {
  let time: Duration
  /// Whether it is the first of its decade: 1 s, 10 s, 1 min, 10 min, 1 h.
  let isRoundest: Bool

  /// All up to the end of an axis, growing: a few of each decade of seconds, or of clock time where
  /// the end is written in minutes and hours.
  static func all(upTo end: Duration) -> [RoundTime] {
    var times: [RoundTime] = []
    var decade = Duration.microseconds(100)
    while decade <= end {
      // From 10 s to 1 min and from 10 min to 1 h it is six times.
      let isSixfold = isClock(end) && (decade == .seconds(10) || decade == .seconds(600))
      for factor in isSixfold ? [1, 2, 3] : [1, 2, 5] where decade * factor <= end {
        times.append(RoundTime(time: decade * factor, isRoundest: factor == 1))
      }
      decade *= isSixfold ? 6 : 10
    }
    return times
  }

  /// From 10 min on; `Duration.text` draws the line there too.
  private static func isClock(_ end: Duration) -> Bool { end >= .seconds(600) }

  /// The time as it is written on an axis, all of whose minutes are minutes if its end is.
  static func text(_ time: Duration, upTo end: Duration) -> String {
    let minutes = time.components.seconds / 60
    let isMinutes = isClock(end) && (1..<10).contains(minutes) && time == .seconds(60 * minutes)
    return isMinutes ? "\(minutes) min" : time.text
  }
}

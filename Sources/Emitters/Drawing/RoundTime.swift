import TCPModel

/// A time that people count by.
struct RoundTime {
  let time: Duration
  /// Whether it is the first of its decade: 1 s, 10 s, 1 min, 10 min, 1 h.
  let isRoundest: Bool

  /// All up to the end of an axis, growing: 1, 2 and 5 of each decade of seconds, or of clock time
  /// where the end is one that is told in minutes and hours.
  static func all(upTo end: Duration) -> [RoundTime] {
    let isClock = isClock(end)
    var times = decades(from: .microseconds(100), to: isClock ? .seconds(30) : end)
    if isClock {
      times += [1, 2, 5, 10, 20, 30].map {
        RoundTime(time: .seconds(60 * $0), isRoundest: $0 == 1 || $0 == 10)
      }
      times += decades(from: .seconds(3600), to: end)
    }
    return times.filter { $0.time <= end }
  }

  private static func decades(from first: Duration, to end: Duration) -> [RoundTime] {
    var times: [RoundTime] = []
    var decade = first
    while decade <= end {
      times += [1, 2, 5].map { RoundTime(time: decade * $0, isRoundest: $0 == 1) }
      decade *= 10
    }
    return times.filter { $0.time <= end }
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

import TCPModel

/// A round time on an axis and where its label stands.
struct Tick {
  let time: Duration
  let column: Int
  /// The columns of the label, centred below the tick; one left of the axis is −1.
  let location: Range<Int>

  init(_ time: Duration, on axis: Axis) {
    self.time = time
    column = axis.column(of: time)
    let width = RoundTime.text(time, upTo: axis.end).utf8.count
    let start = min(column - width / 2, axis.room - width)
    location = start..<start + width
  }

  /// Whether two blanks lie between the labels; inside of them is one.
  func clears(_ other: Tick) -> Bool {
    other.location.upperBound + 2 <= location.lowerBound
      || location.upperBound + 2 <= other.location.lowerBound
  }

  func clears(_ others: [Tick]) -> Bool {
    for other in others where !clears(other) { return false }
    return true
  }
}

extension Axis {
  /// As many ticks as have room, that of the start first.
  var ticks: [Tick] {
    let times = RoundTime.all(upTo: end)
    guard unit == nil else { return logarithmicTicks(times) }
    for step in times {
      if let ticks = ticks(every: step.time) { return ticks }
    }
    return [Tick(.zero, on: self)]
  }

  /// The multiples of a step; nil where their labels have no room.
  private func ticks(every step: Duration) -> [Tick]? {
    // A step may be a millionth of the end.
    guard end / step < Double(columns) else { return nil }
    var ticks: [Tick] = []
    var time = Duration.zero
    while time <= end {
      let tick = Tick(time, on: self)
      guard tick.clears(ticks) else { return nil }
      ticks.append(tick)
      time += step
    }
    return ticks
  }

  /// The roundest times, then others between them; from the end on, as they crowd at the start.
  private func logarithmicTicks(_ times: [RoundTime]) -> [Tick] {
    var ticks = [Tick(.zero, on: self)]
    for isRoundest in [true, false] {
      for time in times.reversed() where time.isRoundest == isRoundest {
        let tick = Tick(time.time, on: self)
        if tick.clears(ticks) { ticks.append(tick) }
      }
    }
    return ticks
  }
}

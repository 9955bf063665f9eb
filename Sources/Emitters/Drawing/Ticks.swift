import TCPModel

/// A round time on an axis and where its label stands.
struct Tick {
  let time: Duration
  let column: Int
  let label: String
  /// The columns of the label, centred below the tick; one left of the axis is −1.
  let place: Range<Int>

  init(_ time: Duration, on axis: Axis) {
    self.time = time
    column = axis.column(of: time)
    label = RoundTime.text(time, upTo: axis.end)
    let start = min(column - label.count / 2, axis.room - label.count)
    place = start..<start + label.count
  }

  /// Whether two blanks lie between the labels; inside of them is one.
  func clears(_ other: Tick) -> Bool {
    other.place.upperBound + 2 <= place.lowerBound || place.upperBound + 2 <= other.place.lowerBound
  }
}

extension Axis {
  /// As many ticks as have room, from left to right.
  var ticks: [Tick] {
    guard end > .zero else { return [Tick(.zero, on: self)] }
    let times = RoundTime.all(upTo: end)
    return unit == nil ? linearTicks(times) : logarithmicTicks(times)
  }

  /// Multiples of the smallest round step whose labels have room.
  private func linearTicks(_ steps: [RoundTime]) -> [Tick] {
    // More ticks than columns have no room, and a step may be a millionth of the end.
    for step in steps where end / step.time < Double(columns) {
      let ticks = (0...Int(end / step.time)).map { Tick(step.time * $0, on: self) }
      if zip(ticks, ticks.dropFirst()).allSatisfy({ $1.clears($0) }) { return ticks }
    }
    return [Tick(.zero, on: self)]
  }

  /// The roundest times, then others between them; from the end on, as they crowd at the start.
  private func logarithmicTicks(_ times: [RoundTime]) -> [Tick] {
    var ticks = [Tick(.zero, on: self)]
    let others = times.filter { !$0.isRoundest }
    for time in times.filter(\.isRoundest).reversed() + others.reversed() {
      let tick = Tick(time.time, on: self)
      if ticks.allSatisfy(tick.clears) { ticks.append(tick) }
    }
    return ticks.sorted { $0.column < $1.column }
  }
}

import TCPModel

/// Which column stands for which time; the first one for the start of the scenario.
struct Axis {
  let columns: Int
  /// How many columns there are for labels, which may stand out on the right.
  let room: Int
  /// What the last column but one stands for; the last is spare, for an end beside another event.
  let end: Duration
  /// The first wait of a logarithmic axis; nil on a linear one.
  let unit: Duration?

  init(_ lanes: [Lane], _ scale: Scale, columns: Int, room: Int) {
    var (end, first) = (Duration.zero, Duration.zero)
    for lane in lanes {
      for event in lane.events {
        let range = event.range
        end = max(end, range.latest)
        if range.earliest > .zero, first == .zero || range.earliest < first {
          first = range.earliest
        }
      }
    }
    (self.columns, self.room, self.end) = (columns, room, end)
    unit = first > .zero && scale.isLogarithmic(for: lanes) ? first : nil
  }

  func column(of time: Duration) -> Int {
    Int((share(of: time) * Double(columns - 2)).rounded())
  }

  /// From 0 at the start to 1 at the end.
  func share(of time: Duration) -> Double {
    end > .zero ? distance(to: time) / distance(to: end) : 0
  }

  /// From the first column, in a measure of its own.
  ///
  /// log2(1 + time / unit) has a place for 0, and a timer that doubles its wait each time, as
  /// `tcp_retransmit_timer` does, fires at even distances.
  private func distance(to time: Duration) -> Double {
    guard let unit else { return time.seconds }
    return (1 + time.seconds / unit.seconds).binaryLogarithm
  }
}

/// When a timer fired, in jiffies, in order. Fires in a row that are equally far apart are held as one
/// stretch: a neighbour may be asked hundreds of thousands of times, and dozens of runs are held at once.
struct FireTimes: RandomAccessCollection, Equatable {
  private var stretches: [Stretch] = []
  private(set) var endIndex = 0
  let startIndex = 0

  private struct Stretch: Equatable {
    /// Which fire its first is, when that was, and how far apart the others are.
    let place, first: Int
    var step = 0

    subscript(place: Int) -> Int { first + (place - self.place) * step }
  }

  subscript(place: Int) -> Int {
    precondition(indices.contains(place))
    return stretches[stretches.place { $0.place > place } - 1][place]
  }

  mutating func append(_ time: Int) {
    defer { endIndex += 1 }
    guard let last = stretches.last else { return begin(at: time) }
    if endIndex - last.place == 1 {
      stretches[stretches.count - 1].step = time - last.first
    } else if time - last[endIndex - 1] != last.step {
      begin(at: time)
    }
  }

  private mutating func begin(at time: Int) {
    if stretches.isEmpty { stretches.reserveCapacity(4) }
    stretches.append(Stretch(place: endIndex, first: time))
  }

  mutating func empty() {
    stretches.empty()
    endIndex = 0
  }
}

import Randomness
import Testing

@testable import TCPModel

/// Fires that are held in stretches are what they would be one by one.
struct FireTimesTests {
  /// Distances that repeat, change, change back, or are none.
  private func fires(seed: Int) -> [Int] {
    var dice = Dice(seed: seed * 1_000_000)
    var (fires, now) = ([Int](), Int.random(in: 0...1000, using: &dice))
    for _ in 0..<Int.random(in: 0...6, using: &dice) {
      let distance = Int.random(in: 0...5, using: &dice)
      for _ in 0..<Int.random(in: 1...9, using: &dice) {
        fires.append(now)
        now += distance
      }
    }
    return fires
  }

  private func held(_ fires: [Int]) -> FireTimes {
    var times = FireTimes()
    for fire in fires { times.append(fire) }
    return times
  }

  @Test(arguments: 1...200)
  func `fire times: what was put in comes out, at its place`(seed: Int) {
    let fires = fires(seed: seed)
    let times = held(fires)
    #expect(times.count == fires.count)
    #expect(Array(times) == fires)
    #expect(times.reversed() == fires.reversed())
    #expect(times.last == fires.last)
  }

  @Test(arguments: 1...200)
  func `fire times: they equal those with the same fires and no others`(seed: Int) {
    let fires = fires(seed: seed)
    let times = held(fires)
    #expect(times == held(fires))
    #expect(times != held(fires + [Int.max]))
    for place in fires.indices {
      var others = fires
      others[place] += 1
      #expect(times != held(others), "fire \(place)")
    }
    #expect(fires.isEmpty || times != held(fires.dropLast()))
  }

  @Test func `fire times: once emptied, others are put in as into new ones`() {
    for seed in 1...50 {
      var times = held(fires(seed: seed))
      times.empty()
      #expect(times.isEmpty)
      for fire in fires(seed: seed + 50) { times.append(fire) }
      #expect(times == held(fires(seed: seed + 50)))
    }
  }
}

import Testing

@testable import Advisor

/// What is tried when keepalive numbers are looked for.
struct KeepaliveSearchTests {
  @Test(arguments: [1...1, 1...59, 10...3600, 1...3601, 1...7200, 3661...3700, 4000...1_000_000])
  func `every second up to an hour is tried, and whole minutes beyond it`(range: ClosedRange<Int>) {
    let idles = KeepaliveSearch.idles(in: range)
    #expect(idles.first == range.upperBound && idles.last == range.lowerBound)
    #expect(idles == Set(idles).sorted(by: >))
    let (seconds, minutes) = idles.divided { $0 <= 3600 }
    #expect(seconds.count == range.clamped(to: 1...3600).filter(range.contains).count)
    #expect(minutes.dropFirst().dropLast().allSatisfy { $0 % 60 == 0 })
    #expect(range.filter { $0 > 3600 && $0 % 60 == 0 }.allSatisfy(Set(minutes).contains))
  }

  @Test func `a number that every program sets itself, or that is named, is not changed`() {
    func changes(_ own: [Keepalive.Pins], today: Keepalive, _ allowed: Keepalive.Bounds)
      -> Set<Int>
    {
      let requirements = own.map { KeepaliveRequirement(own: $0) }
      let search = KeepaliveSearch(
        requirements: requirements, simulations: [], budget: WorkBudget(0), today: today,
        allowed: allowed, isShared: true)
      return Set(search.changes.map(\.rawValue))
    }
    let usual = Keepalive(idle: 7200, interval: 75, count: 9)
    var allowed = Keepalive.Bounds.sysctls
    #expect(changes([Keepalive.Pins()], today: usual, allowed) == [1, 2, 3, 4, 5, 6, 7])
    let pinned = Keepalive.Pins(idle: 10, count: 3)
    #expect(changes([pinned], today: usual, allowed) == [2])
    #expect(changes([pinned, Keepalive.Pins(count: 3)], today: usual, allowed) == [1, 2, 3])
    // What is set and may not stay so changes all the same.
    allowed.count = 20...30
    #expect(changes([pinned], today: usual, allowed) == [2, 4, 6])
    allowed.interval = 75...75
    #expect(changes([pinned], today: usual, allowed) == [4])
  }
}

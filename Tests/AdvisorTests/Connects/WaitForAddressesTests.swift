import TCPModel
import Testing

@testable import Advisor

/// How long a program waits for several addresses.
struct WaitForAddressesTests {
  private func timeToEnd(_ earliest: Int, _ latest: Int) -> TimeToEnd {
    TimeToEnd(
      ends: .always, range: TimeRange(.milliseconds(earliest), .milliseconds(latest)))
  }

  private func wait(_ spans: TimeToEnd..., isRace: Bool) -> TimeToEnd {
    var wait = WaitForAddresses(isRace: isRace)
    for timeToEnd in spans { wait.add(timeToEnd) }
    return wait.timeToEnd
  }

  @Test func `wait for addresses: in turn they add up`() {
    #expect(
      wait(timeToEnd(1000, 1100), timeToEnd(2000, 2300), isRace: false) == timeToEnd(3000, 3400))
    #expect(
      WaitForAddresses(for: 3, each: timeToEnd(10, 12), isRace: false).timeToEnd
        == timeToEnd(30, 36))
  }

  @Test
  func `wait for addresses: in a race each begins 250 ms after the last, or when one has failed`() {
    #expect(
      wait(timeToEnd(1400, 1450), timeToEnd(1400, 1450), isRace: true) == timeToEnd(1650, 1700))
    #expect(wait(timeToEnd(100, 120), timeToEnd(1000, 1000), isRace: true) == timeToEnd(1100, 1120))
    #expect(
      wait(timeToEnd(7000, 7000), timeToEnd(6000, 6000), isRace: true) == timeToEnd(7000, 7000))
    // The second failure lets the third begin early.
    #expect(
      wait(timeToEnd(300, 300), timeToEnd(5000, 5000), timeToEnd(1000, 1000), isRace: true).range?
        .latest
        == .milliseconds(5250))
    #expect(
      WaitForAddresses(for: 3, each: timeToEnd(300, 300), isRace: true).timeToEnd
        == timeToEnd(600, 600))
    #expect(
      WaitForAddresses(for: 3, each: timeToEnd(300, 310), isRace: true).timeToEnd
        == timeToEnd(600, 810))
  }

  @Test(arguments: [true, false])
  func `wait for addresses: what need not end makes all of it need not`(isRace: Bool) {
    let never = TimeToEnd(ends: .never, range: nil)
    let maybe = TimeToEnd(ends: .maybeNever, range: timeToEnd(1000, 2000).range)
    #expect(wait(timeToEnd(1, 1), never, timeToEnd(5, 5), isRace: isRace).ends == .never)
    let joined = wait(timeToEnd(1, 1), maybe, isRace: isRace)
    #expect(joined.ends == .maybeNever)
    #expect(joined.range != nil)
  }

  @Test(arguments: [(2, true, 2750), (10, true, 750), (20, true, 150), (3, false, 1000)])
  func `wait for addresses: the longest that each may take makes all end in time`(
    addresses: Int, isRace: Bool, milliseconds: Int
  ) {
    let limit = WaitForAddresses.limit(each: .seconds(3), for: addresses, isRace: isRace)
    #expect(limit == .milliseconds(milliseconds))
    let each = timeToEnd(milliseconds, milliseconds)
    let whole = WaitForAddresses(for: addresses, each: each, isRace: isRace).timeToEnd
    #expect(whole.range?.latest == .seconds(3))
  }
}

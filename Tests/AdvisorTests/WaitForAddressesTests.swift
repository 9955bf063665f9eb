import TCPModel
import Testing

@testable import Advisor

/// How long a program waits for several addresses.
struct WaitForAddressesTests {
  private func span(_ earliest: Int, _ latest: Int) -> Span {
    Span(
      ends: .always, range: TimeRange(.milliseconds(earliest), .milliseconds(latest)))
  }

  private func wait(_ spans: Span..., isRace: Bool) -> Span {
    var wait = WaitForAddresses(isRace: isRace)
    for span in spans { wait.add(span) }
    return wait.span
  }

  @Test func `in turn they add up`() {
    #expect(wait(span(1000, 1100), span(2000, 2300), isRace: false) == span(3000, 3400))
    #expect(WaitForAddresses(for: 3, each: span(10, 12), isRace: false).span == span(30, 36))
  }

  @Test func `in a race each begins 250 ms after the one before, or when one has failed`() {
    #expect(wait(span(1400, 1450), span(1400, 1450), isRace: true) == span(1650, 1700))
    #expect(wait(span(100, 120), span(1000, 1000), isRace: true) == span(1100, 1120))
    #expect(wait(span(7000, 7000), span(6000, 6000), isRace: true) == span(7000, 7000))
    // The second failure lets the third begin early.
    #expect(
      wait(span(300, 300), span(5000, 5000), span(1000, 1000), isRace: true).range?.latest
        == .milliseconds(5250))
    #expect(WaitForAddresses(for: 3, each: span(300, 300), isRace: true).span == span(600, 600))
    #expect(WaitForAddresses(for: 3, each: span(300, 310), isRace: true).span == span(600, 810))
  }

  @Test(arguments: [true, false]) func `what need not end makes all of it need not`(isRace: Bool) {
    let never = Span(ends: .never, range: nil)
    let maybe = Span(ends: .maybeNever, range: span(1000, 2000).range)
    #expect(wait(span(1, 1), never, span(5, 5), isRace: isRace).ends == .never)
    let joined = wait(span(1, 1), maybe, isRace: isRace)
    #expect(joined.ends == .maybeNever && joined.range != nil)
  }

  @Test(arguments: [(2, true, 2750), (10, true, 750), (20, true, 150), (3, false, 1000)])
  func `the longest that each may take makes all end in time`(
    addresses: Int, isRace: Bool, milliseconds: Int
  ) {
    let limit = WaitForAddresses.limit(each: .seconds(3), for: addresses, isRace: isRace)
    #expect(limit == .milliseconds(milliseconds))
    let each = span(milliseconds, milliseconds)
    let whole = WaitForAddresses(for: addresses, each: each, isRace: isRace).span
    #expect(whole.range?.latest == .seconds(3))
  }
}

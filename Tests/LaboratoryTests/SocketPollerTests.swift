import Testing

@testable import Laboratory

struct SocketPollerTests {
  private let windows: [ClosedRange<Duration>] = [
    .seconds(1)...(.seconds(2)), .milliseconds(2100)...(.seconds(3)),
  ]

  /// Milliseconds at which it was looked, and is to be looked next.
  @Test(arguments: [
    (0, 250), (700, 950), (950, 1000), (1000, 1004), (1996, 2000), (2000, 2100), (2500, 2504),
    (3000, 3250), (9000, 9250), (999, 1003),
  ])
  func `poller: it is looked often when the end is expected, and seldom else`(time: Int, next: Int)
  {
    #expect(
      SocketPoller.next(after: .milliseconds(time), expecting: windows) == .milliseconds(next))
  }

  @Test func `poller: an end that nobody can expect is looked for seldom`() {
    #expect(SocketPoller.next(after: .seconds(1), expecting: []) == .milliseconds(1250))
  }
}

import Glibc
import Linux
import NetAddress
import Testing

struct TimeTests {
  @Test func `times: the tick is that of a rate the kernel can be built with`() {
    let hertz = 1_000_000_000 / KernelClock.tick.saturatingNanoseconds
    #expect((24...1200).contains(hertz))
  }

  @Test func `times: the monotonic clock does not go back`() {
    let first = KernelClock.monotonic.now
    #expect(KernelClock.monotonic.now >= first)
  }

  @Test func `times: a wait is never shorter than asked`() throws {
    let epoll = try Epoll()
    let start = KernelClock.monotonic.now
    #expect(try epoll.wait(for: .microseconds(1_100)).isEmpty)
    #expect(KernelClock.monotonic.now - start >= .microseconds(1_100))
  }

  @Test func `times: a wait of nothing comes back at once`() throws {
    let epoll = try Epoll()
    #expect(try epoll.wait(for: .seconds(-1)).isEmpty)
  }

  @Test(arguments: [
    (Duration.seconds(2) + .nanoseconds(3), Int64(2_000_000_003)), (.seconds(Int64.max), .max),
    (.seconds(Int64.min), .min), (.seconds(-1), -1_000_000_000),
  ])
  func `times: a time in nanoseconds never overflows`(time: Duration, nanoseconds: Int64) {
    #expect(time.saturatingNanoseconds == nanoseconds)
  }

  @Test func `times: a signal that is waited for does not end the process`() throws {
    let signals = try TerminationSignals()
    let epoll = try Epoll()
    try epoll.add(signals.descriptor, for: .input, token: 1)
    for (number, signal) in [(SIGINT, TerminationSignal.interrupt), (SIGTERM, .terminate)] {
      pthread_kill(pthread_self(), number)
      #expect(try epoll.wait(for: .seconds(2)).map(\.token) == [1])
      #expect(try signals.consume() == signal)
      #expect(signal.status == 128 + number)
    }
    #expect(try epoll.wait(for: .zero).isEmpty)
  }
}

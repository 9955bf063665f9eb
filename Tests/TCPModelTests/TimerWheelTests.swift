import Testing

@testable import TCPModel

struct TimerWheelTests {
  /// Wait in seconds, ticks per second, widest lateness in jiffies (kernel/time/timer.c).
  @Test(arguments: [
    (0.2, 250, 1), (0.2, 1000, 8), (0.2, 100, 1), (1, 250, 8), (1, 1000, 64), (1, 100, 8),
    (4, 250, 64), (16, 300, 512), (64, 100, 512), (64, 250, 512), (64, 1000, 4096),
    (7200, 250, 32768), (7200, 1000, 262_144), (7200, 100, 32768),
  ])
  func `timer wheel: a timer is late by at most one bucket`(wait: Double, hertz: Int, bucket: Int)
    throws
  {
    let wheel = TimerWheel(try #require(TickRate(hertz: hertz)))
    let jiffies = Int(wait * Double(hertz))
    #expect(wheel.granularity(of: jiffies) == bucket)
    for now in 0..<min(2 * bucket, 2000) {
      let late = wheel.fire(after: jiffies, at: now) - now - jiffies
      #expect((1...bucket).contains(late))
    }
  }

  @Test func `timer wheel: fires lie on the boundaries of their buckets`() throws {
    let wheel = TimerWheel(try #require(TickRate(hertz: 1000)))
    for now in stride(from: 0, to: 5000, by: 7) {
      #expect(wheel.fire(after: 1000, at: now).isMultiple(of: 64))
    }
  }

  @Test func `timer wheel: a wait beyond the wheel is cut short and never traps`() throws {
    let wheel = TimerWheel(try #require(TickRate(hertz: 100)))
    let cutoff = 63 << 21
    #expect(wheel.fire(after: cutoff * 10, at: 0) <= cutoff)
    #expect(wheel.fire(after: 0, at: 5) == 6)
  }

  @Test func `timer wheel: times become jiffies rounded up`() throws {
    let tick = try #require(TickRate(hertz: 250))
    #expect(tick.jiffies(.milliseconds(200)) == 50)
    #expect(tick.jiffies(.milliseconds(201)) == 51)
    #expect(tick.jiffies(.microseconds(1)) == 1)
    #expect(tick.duration(51) == .milliseconds(204))
  }
}

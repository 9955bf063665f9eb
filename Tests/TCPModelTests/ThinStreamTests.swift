import TCPModel
import Testing

/// Streams with few segments in flight, whose first waits need not double.
struct ThinStreamTests {
  private func timeline(
    _ scenario: Scenario, option: Int? = nil, sysctl: Int? = nil, control: String? = "reno",
    segments: Int = 1
  ) -> Timeline {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    snapshot[.tcpRetries2] = .value(5)
    snapshot[.tcpOrphanRetries] = .value(5)
    snapshot[.tcpCongestionControl] = control.map { .value(.text($0)) } ?? .absent
    snapshot.set(.tcpThinLinearTimeouts, sysctl)
    var options = SocketOptions()
    options[.thinLinearTimeouts] = option
    return Timeline(
      of: Experiment(scenario, in: snapshot, options: options, path: Path(segments: segments)))
  }

  /// Measured on 6.18, 250 ticks, on loopback, with tcp_retries2 5: option, sysctl, seconds.
  @Test(
    arguments: [
      (0, 0, 13.402), (0, 0, 13.500), (1, 0, 14.632), (1, 0, 14.667), (0, 1, 14.703),
      (0, 1, 14.715), (1, 1, 14.66),
    ])
  func `thin streams: the option and the sysctl keep the wait of data as measured`(
    option: Int, sysctl: Int, seconds: Double
  ) {
    let timeline = timeline(.send, option: option, sysctl: sysctl)
    expect(
      .seconds(seconds), inside: timeline, tick: .milliseconds(4), resolution: .milliseconds(20))
  }

  /// Measured likewise, with tcp_orphan_retries 5: option, sysctl, when the last segment left. An
  /// orphan is not ESTABLISHED, and doubles its waits whatever is set.
  @Test(arguments: [(0, 0, 6.437), (0, 0, 6.696), (1, 0, 6.640), (0, 1, 6.428), (0, 1, 6.596)])
  func `thin streams: an orphan doubles its waits as measured`(
    option: Int, sysctl: Int, seconds: Double
  ) throws {
    let timeline = timeline(.close, option: option, sysctl: sysctl)
    let last = try #require(timeline.events.dropLast().last)
    #expect(last.range.admits(.seconds(seconds), tick: .milliseconds(4)), "\(last.range)")
  }

  @Test func `thin streams: six waits are kept`() {
    let kinds = timeline(.send, option: 1).nominalEvents
    let times = kinds.filter { $0.kind == .retransmission }.map(\.range.latest)
    let waits = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(Array(waits.prefix(7)) == [1, 1, 1, 1, 1, 1, 2].map { .milliseconds(204) * $0 })
  }

  @Test func `thin streams: four segments in flight are not thin, and BBR's stream never is`() {
    let plain = timeline(.send)
    #expect(timeline(.send, option: 1, segments: 4).range == timeline(.send, segments: 4).range)
    #expect(timeline(.send, option: 1, control: "bbr").range == plain.range)
    #expect(timeline(.send, option: 1).range != plain.range)
    #expect(timeline(.send, option: 0).range == plain.range)
  }

  @Test
  func `thin streams: a capture that does not name the congestion control has both courses`() {
    let both = timeline(.send, option: 1, control: nil).branches.map(\.events.count)
    for control in ["reno", "bbr"] {
      for branch in timeline(.send, option: 1, control: control).branches {
        #expect(both.contains(branch.events.count))
      }
    }
  }
}

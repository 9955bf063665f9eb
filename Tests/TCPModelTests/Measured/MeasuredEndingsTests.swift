import TCPModel
import Testing

/// Times after which real kernels dropped half-open and closed connections, held against the model.
/// They were watched from outside, every 20 ms.
struct MeasuredEndingsTests {
  private static let resolution = Duration.milliseconds(20)

  private static func rows(
    _ table: String, of kernels: [String] = ["k6.18-hz250"],
    _ isTaken: (MeasuredRow) -> Bool = { _ in true }
  ) throws -> [MeasuredRow] {
    try MeasuredRow.all(table, of: kernels).filter(isTaken)
  }

  private func accept(_ row: MeasuredRow) throws -> (timeline: Timeline, tick: Duration) {
    var snapshot = try row.defaults()
    snapshot.set(.tcpSynackRetries, row["synack_retries"])
    snapshot.set(.tcpRtoMaxMs, row["rto_max_ms"])
    var options = SocketOptions()
    options[.synCount] = row["listener_syncnt"]
    options[.deferAccept] = row["defer_accept_s"]
    options[.rtoMax] = row["listener_rto_max_opt"]
    let tick = try #require(snapshot.tickRate).duration(1)
    return (Timeline(of: Experiment(.accept, in: snapshot, options: options)), tick)
  }

  /// A client that repeats its SYN is left out: each one restarts the timer, its times are input.
  @Test(
    arguments: try rows("synrecv", of: ["k6.18-hz250", "k7.3-hz250"]) {
      $0.cells["mode"] == "syn-once"
    })
  func `measured endings: a measured half-open connection is dropped inside a branch`(
    row: MeasuredRow
  ) throws {
    let (timeline, tick) = try accept(row)
    expect(
      try #require(row.seconds("seconds")), inside: timeline, tick: tick,
      resolution: Self.resolution)
    #expect(timeline.errno == nil)
    let branch = try #require(timeline.branches.first)
    for (event, time) in zip(branch.events.dropLast(), row.times("synack_times")) {
      #expect(event.kind == .synAck, "\(event), \(time)")
      #expect(event.range.admits(time, tick: tick), "\(event), \(time)")
    }
    #expect(branch.events.count - 1 == row["synacks"])
  }

  /// Measured on 7.3, 250 ticks: tcp_synack_retries, tcp_rto_max_ms, TCP_RTO_MAX_MS of the listener,
  /// seconds until the entry was dropped.
  @Test(
    arguments: [
      (4, 1000, nil, 5.2), (5, 1000, nil, 6.1), (5, 2000, nil, 11.1), (5, 5000, nil, 22.6),
      (5, 10_000, nil, 35.8), (4, 120_000, 5000, 17.4),
    ] as [(Int, Int, Int?, Double)])
  func `accept: the RTO maximum bounds the waits of SYN-ACKs since Linux 6.19`(
    retries: Int, maximum: Int, option: Int?, seconds: Double
  ) throws {
    func timeline(_ release: KernelVersion) throws -> Timeline {
      var snapshot = SettingsSnapshot.defaults(of: release, tickRate: TickRate(hertz: 250))
      snapshot.set(.tcpSynackRetries, retries)
      snapshot.set(.tcpRtoMaxMs, maximum)
      var options = SocketOptions()
      options[.rtoMax] = option
      return Timeline(of: Experiment(.accept, in: snapshot, options: options))
    }
    // Written down to tenths of a second, by who looked every 20 ms.
    let tenth = Duration.milliseconds(100)
    for release in [KernelVersion(6, 19), KernelVersion(7, 3)] {
      let range = try #require(try timeline(release).range)
      #expect(range.earliest - tenth <= .seconds(seconds), "\(release): \(range)")
      #expect(.seconds(seconds) <= range.latest + tenth, "\(release): \(range)")
    }
    let before = try #require(try timeline(KernelVersion(6, 18)).range)
    #expect(before.earliest > .seconds(seconds) + .seconds(5))
  }

  /// A client that lives answers the SYN-ACK at the end of the deferring, and is accepted.
  @Test(arguments: try rows("synrecv") { $0.cells["mode"] == "defer-alive" })
  func `measured endings: a deferred client gets its last SYN-ACK when it was measured`(
    row: MeasuredRow
  ) throws {
    let (timeline, tick) = try accept(row)
    #expect(
      timeline.branches.contains { branch in
        branch.events.count > 1
          && branch.events[1].range.admits(row.times("synack_times")[1], tick: tick)
          && branch.events[1].range.admits(
            (row.seconds("seconds") ?? .zero) - Self.resolution, tick: tick)
      }, "\(timeline.branches.map(\.events))")
  }

  /// Measured on 6.18, 250 ticks, with a client that died after its ACK: tcp_synack_retries,
  /// TCP_DEFER_ACCEPT, seconds until the entry was dropped.
  @Test(arguments: [(0, 5, 15.46), (1, 1, 3.05), (2, 1, 7.20)])
  func `measured endings: a deferred client that dies is dropped when it was measured`(
    retries: Int, deferring: Int, seconds: Double
  ) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    snapshot[.tcpSynackRetries] = .value(.number(retries))
    let options = SocketOptions([.deferAccept: deferring])
    let timeline = Timeline(of: Experiment(.accept, in: snapshot, options: options))
    let latest = try #require(timeline.branches.max { $0.range.latest < $1.range.latest })
    #expect(latest.range.admits(.seconds(seconds), tick: .milliseconds(4)), "\(latest.range)")
  }

  @Test(arguments: try rows("closing") { $0.cells["group"]?.hasPrefix("fin-wait1") == true })
  func `measured endings: a measured orphan is dropped inside a branch`(row: MeasuredRow) throws {
    var snapshot = try row.defaults()
    snapshot.set(.tcpOrphanRetries, row["orphan_retries"])
    snapshot.set(.tcpRtoMaxMs, row["rto_max_ms"])
    snapshot.set(.tcpRetries2, row["retries2"])
    var options = SocketOptions()
    options[.userTimeout] = row["user_timeout_ms"]
    // A FIN alone is a lone segment, with a late loss probe.
    let path = Path(segments: row.cells["group"] == "fin-wait1-nodata" ? 0 : 1)
    let timeline = Timeline(of: Experiment(.close, in: snapshot, options: options, path: path))
    try check(row, timeline, snapshot)
    let tick = try #require(snapshot.tickRate).duration(1)
    for (event, time) in zip(timeline.events, row.times("tx_times").dropFirst(path.segments + 1)) {
      #expect(event.range.admits(time, tick: tick), "\(event), \(time)")
    }
  }

  @Test(arguments: try rows("closing") { $0.cells["group"]?.hasPrefix("fin-wait2") == true })
  func `measured endings: a measured FIN-WAIT-2 ends inside a branch`(row: MeasuredRow) throws {
    var snapshot = try row.defaults()
    snapshot.set(.tcpFinTimeout, row["fin_timeout"])
    var options = SocketOptions()
    options[.linger2] = row["linger2"]
    try check(row, Timeline(of: Experiment(.finWait, in: snapshot, options: options)), snapshot)
  }

  private func check(_ row: MeasuredRow, _ timeline: Timeline, _ snapshot: SettingsSnapshot) throws
  {
    let tick = try #require(snapshot.tickRate).duration(1)
    expect(
      try #require(row.seconds("seconds")), inside: timeline, tick: tick,
      resolution: Self.resolution)
    #expect(timeline.errno == nil)
  }
}

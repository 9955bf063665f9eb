import TCPModel
import Testing

/// Times that real kernels took, held against the model.
struct MeasuredTimesTests {
  /// Rows that lie outside for a reason outside the model.
  static let noisy: Set<String> = []

  @Test(arguments: try MeasuredRow.all("connect"))
  func `measured times: a measured connect ends inside a branch`(row: MeasuredRow) throws {
    var snapshot = try row.defaults()
    snapshot.set(.tcpSynRetries, row["syn_retries"])
    snapshot.set(.tcpSynLinearTimeouts, row["syn_linear_timeouts"])
    snapshot.set(.tcpRtoMaxMs, row["rto_max_ms"])
    var options = SocketOptions()
    options[.synCount] = row["syncnt_opt"]
    options[.rtoMax] = row["rto_max_ms_opt"]
    options[.userTimeout] = row["user_timeout_ms"]
    let timeline = Timeline(of: Experiment(.connect, in: snapshot, options: options))
    try check(row, timeline, snapshot, seen: row.times("syn_times"))
  }

  @Test(arguments: try MeasuredRow.all("keepalive"))
  func `measured times: a measured keepalive ends inside a branch`(row: MeasuredRow) throws {
    var snapshot = try row.defaults()
    var options = SocketOptions([.keepalive: try #require(row["keepalive"])])
    options[.userTimeout] = row["user_timeout_ms"]
    if row.cells["via"] == "sysctl" {
      snapshot.set(.tcpKeepaliveTime, row["idle"])
      snapshot.set(.tcpKeepaliveIntvl, row["intvl"])
      snapshot.set(.tcpKeepaliveProbes, row["cnt"])
    } else {
      options[.keepIdle] = row["idle"]
      options[.keepInterval] = row["intvl"]
      options[.keepCount] = row["cnt"]
    }
    var idle = Experiment(.idle, in: snapshot, options: options)
    if row.cells["via"] == "sockopt-late" { idle.optionsSetAfter = .seconds(3) }
    let timeline = Timeline(of: idle)
    try check(row, timeline, snapshot, seen: row.times("probe_times"))
  }

  @Test(arguments: try MeasuredRow.all("retries2"))
  func `measured times: measured unacknowledged data ends inside a branch`(row: MeasuredRow) throws
  {
    var snapshot = try row.defaults()
    snapshot.set(.tcpRetries2, row["retries2"])
    snapshot.set(.tcpRtoMinUs, row["rto_min_us"])
    snapshot.set(.tcpRtoMaxMs, row["rto_max_ms"])
    snapshot.set(.tcpEarlyRetrans, row["early_retrans"])
    var options = SocketOptions()
    options[.rtoMax] = row["rto_max_ms_opt"]
    options[.userTimeout] = row["user_timeout_ms"]
    // A measured socket is held against the model run with its own first timeout and round trip.
    let roundTrip = Duration.microseconds(Int(((Double(row.cells["srtt_ms"] ?? "") ?? 0.1) * 1000)))
    let path = Path(
      roundTrip: roundTrip...roundTrip,
      retransmissionTimeout: .milliseconds(try #require(row["rto0_ms"])))
    let timeline = Timeline(of: Experiment(.send, in: snapshot, options: options, path: path))
    try check(row, timeline, snapshot, seen: [])
  }

  private func check(
    _ row: MeasuredRow, _ timeline: Timeline, _ snapshot: SettingsSnapshot, seen: [Duration]
  ) throws {
    let tick = try #require(snapshot.tickRate).duration(1)
    expect(try #require(row.seconds("seconds")), inside: timeline, tick: tick)
    #expect(timeline.errno == row.cells["errno"])
    for (event, time) in zip(timeline.events, seen) {
      #expect(event.range.admits(time, tick: tick), "\(event) was seen at \(time)")
    }
  }
}

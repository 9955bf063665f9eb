import NetAddress
import TCPModel
import Testing

/// Connects to an address whose host lived there until a while ago.
struct StaleNeighbourTests {
  private func timeline(_ row: MeasuredRow) throws -> Timeline {
    var snapshot = try row.defaults()
    let family = try #require(row.cells["family"].flatMap(AddressFamily.init))
    for name in [
      "ucast_solicit", "mcast_resolicit", "mcast_solicit", "app_solicit", "retrans_time_ms",
      "delay_first_probe_time",
    ] {
      snapshot.set(.neighbour(name, family), row[name])
    }
    snapshot.set(.tcpSynRetries, row["syn_retries"])
    snapshot.set(.tcpSynLinearTimeouts, row["syn_linear_timeouts"])
    var options = SocketOptions()
    options[.userTimeout] = row["user_timeout_ms"]
    var experiment = Experiment(.neighbour, in: snapshot, options: options, family: family)
    experiment.neighbourEntry = .stale
    return Timeline(of: experiment)
  }

  /// Measured on 6.18, 250 ticks, over a veth pair whose far end answers nothing; the entry was
  /// written as stale, and what left was seen at the far end.
  @Test(arguments: try MeasuredRow.all("neigh-stale", of: ["k6.18-hz250"]))
  func `stale neighbour: a measured connect to a stale neighbour follows a branch`(row: MeasuredRow)
    throws
  {
    let timeline = try timeline(row)
    let tick = Duration.milliseconds(4)
    let end = try #require(row.seconds("seconds"))
    // A probe that the kernel hands to a daemon does not leave.
    let seesProbes = row["app_solicit"] == nil
    let probes = row.times("probe_times")
    // A doubling taken back sends the SYN once more as it ends, which asks for the address again; a
    // recording may have been over by then.
    let isMissingLast = probes.last.map { $0 < end - .milliseconds(2) } ?? true
    let syns = row.times("syn_times")
    let branch = timeline.branches.first { branch in
      func admits(_ kinds: [Timeline.EventKind], _ times: [Duration]) -> Bool {
        let events = branch.events.filter { kinds.contains($0.kind) }
        return events.count == times.count
          && zip(events, times).allSatisfy { $0.range.admits($1, tick: tick) }
      }
      return branch.range.admits(end, tick: tick) && branch.errno == row.cells["errno"]
        && admits([.syn, .retransmission], syns)
        && (!seesProbes || admits([.neighbourProbe], probes)
          || isMissingLast && admits([.neighbourProbe], probes + [end]))
    }
    #expect(branch != nil, "\(end), \(syns), \(probes) in none of \(timeline.branches)")
  }

  private func nominal(_ retries: Int, _ linear: Int, set: [String: Int] = [:]) -> Timeline {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    snapshot[.tcpSynRetries] = .value(.number(retries))
    snapshot[.tcpSynLinearTimeouts] = .value(.number(linear))
    for (name, value) in set { snapshot[.neighbour(name, .v4)] = .value(.number(value)) }
    var experiment = Experiment(.neighbour, in: snapshot)
    experiment.neighbourEntry = .stale
    return Timeline(of: experiment)
  }

  /// net/core/neighbour.c: five seconds of delay and three of probes, then the next SYN's three.
  @Test(arguments: [(4, 14), (0, 18)])
  func `stale neighbour: a stale entry fails twice`(linear: Int, seconds: Int) {
    let timeline = nominal(6, linear)
    #expect(timeline.nominalEnd == .seconds(seconds))
    #expect(timeline.errno == "EHOSTUNREACH")
    #expect(timeline.events.first?.kind == .syn)
  }

  /// Where no SYN is left after the entry has failed, its own limits end the attempt.
  @Test func `stale neighbour: short SYN limits end before the resolution`() {
    let timeline = nominal(3, 0)
    #expect(timeline.nominalEnd == .seconds(15))
    #expect(timeline.errno == "ETIMEDOUT")
  }

  @Test func `stale neighbour: without any probe to resolve with, the host is silent`() {
    let timeline = nominal(4, 0, set: ["mcast_solicit": 0])
    #expect(timeline.nominalEnd == .seconds(31))
    #expect(timeline.errno == "ETIMEDOUT")
  }

  /// The kernel takes a negative delay, and the timer fires in the next jiffy.
  @Test(arguments: [0, -1]) func `stale neighbour: no delay is one jiffy`(delay: Int) {
    let probe = nominal(6, 4, set: ["delay_first_probe_time": delay]).nominalEvents[1]
    #expect(probe.kind == .neighbourProbe)
    #expect(probe.range.latest == .milliseconds(1))
  }
}

import NetAddress
import Testing

@testable import TCPModel

/// An address that moved, beside hundreds of requests to its old owner.
struct MovedAddressRequestsTests {
  private func experiment(
    _ client: ClientActivity, _ entry: NeighbourEntry = .stale, set: [String: Int],
    with options: [SocketOption: Int] = [:], hertz: Int = 1000, retries2: Int = 15
  ) -> Experiment {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    snapshot[.tcpEarlyRetrans] = .value(0)
    snapshot[.tcpRetries2] = .value(.number(retries2))
    for (name, value) in set { snapshot[.neighbour(name, .v4)] = .value(.number(value)) }
    var experiment = Experiment(
      .movedAddress, in: snapshot, options: SocketOptions(options),
      path: Path(retransmissionTimeout: .milliseconds(200)))
    (experiment.client, experiment.neighbourEntry) = (client, entry)
    return experiment
  }

  /// Of 64 phases beside each other, the first and the last send 384 requests before the first keepalive
  /// probe, and others in between 416: of 400, these are in vain by then, and that probe finds the new owner.
  @Test func `moved address: what lies between phases of one course is not passed over`() throws {
    let timeline = Timeline(
      of: experiment(
        .idle, .reachable,
        set: [
          "delay_first_probe_time": 6, "retrans_time_ms": 10, "base_reachable_time_ms": 1,
          "ucast_solicit": 400,
        ],
        with: [.keepalive: 1, .keepIdle: 14, .keepInterval: 30_000, .keepCount: 2], hertz: 100))
    if case .unknown = timeline.ends { return }
    let range = try #require(timeline.range)
    #expect(range.earliest < .seconds(15))
    #expect(range.latest > .seconds(30_000))
  }

  /// Where the address is not asked for anew, no request makes a difference.
  @Test(arguments: [3, 310], [12, 15])
  func `moved address: a client that finds nobody gives up as to a peer that is gone`(
    requests: Int, retries2: Int
  ) {
    let moved = experiment(
      .send,
      set: [
        "mcast_solicit": 0, "delay_first_probe_time": 0, "retrans_time_ms": 10,
        "ucast_solicit": requests,
      ], retries2: retries2)
    var send = moved
    send.scenario = .send
    let (ends, others) = (Timeline(of: moved), Timeline(of: send))
    #expect(ends.range == others.range)
    #expect(ends.nominalEnd == others.nominalEnd)
    // The peer that was talked to does not come back.
    #expect(ends.survives == .zero)
  }

  /// Retransmissions further and further apart are no repetition.
  @Test func `moved address: each retransmission is listed beside thousands of requests`() throws {
    let timeline = Timeline(
      of: experiment(.send, set: ["retrans_time_ms": 10, "ucast_solicit": 2400]))
    let branch = try #require(timeline.branches.first)
    #expect(branch.listed != nil)
    let sent = branch.events.filter { $0.kind == .retransmission }.map(\.range.earliest)
    #expect(sent.map { Int($0.components.seconds) } == [0, 0, 1, 3, 6, 12, 26])
  }

  /// Beyond what is left out, nobody knows which event would be which.
  @Test func `moved address: exact times stand beside their own events`() {
    let timeline = Timeline(
      of: experiment(
        .idle,
        set: ["delay_first_probe_time": 1, "retrans_time_ms": 13, "ucast_solicit": 2500],
        with: [.keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 60]))
    for branch in timeline.branches {
      for (index, event) in branch.events.enumerated().dropFirst(branch.listed ?? .max) {
        let exact = timeline.exactTime(of: event, at: index)
        #expect(event.kind.isEnd || exact == nil, "\(index)")
      }
      #expect(branch.listed.map { $0 < branch.events.count } ?? false)
    }
  }
}

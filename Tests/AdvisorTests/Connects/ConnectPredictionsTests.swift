import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

/// How attempts that hang end, by what is known of the neighbour they go through.
struct ConnectPredictionsTests {
  private let host: SettingsSnapshot
  private let predictions: ConnectPredictions
  private static let own = ICMPReport(
    isV6: false, type: 3, code: 1, sender: .v4(10, 9, 0, 1), isOwn: true)

  init() throws {
    let host = try Host.stock().snapshot
    self.host = host
    predictions = ConnectPredictions(on: host, SocketOptions([.synCount: 4])) { device, family in
      guard device == "eth9" else { return nil }
      var settings = host
      settings[SysctlKey.neighbour("mcast_solicit", family).ofDevice(device)] = .value(1)
      return settings
    }
  }

  private func row(
    _ outcome: ConnectOutcome = .undecided, after time: Duration = .seconds(1),
    _ state: NextHop.State? = nil, since: Duration? = .zero, device: String = "eth0",
    by address: IPAddress = .v4(10, 9, 0, 66)
  ) -> ProbedAddress {
    var result = ConnectResult(outcome, after: time)
    result.nextHop = state.map {
      NextHop(device: device, address: address, state: $0, since: since)
    }
    if outcome.kind == .unreachable { result.report = Self.own }
    return ProbedAddress(
      target: "10.9.0.66:80", endpoint: Endpoint(.v4(10, 9, 0, 66), port: 80), rounds: [result])
  }

  private func timeline(_ entry: NeighbourEntry?, count: Int = 4) -> Timeline {
    var experiment = Experiment(
      entry == nil ? .connect : .neighbour, in: host, options: SocketOptions([.synCount: count]))
    experiment.neighbourEntry = entry ?? .none
    return Timeline(of: experiment)
  }

  private func end(_ row: ProbedAddress) -> ConnectHang {
    predictions.end(of: row, with: predictions.options(of: row))
  }

  @Test func `connect predictions: what did not hang has no end`() {
    #expect(predictions.timeToEnd(of: row(.open(isReset: false))) == nil)
    #expect(predictions.timeToEnd(of: row(.refused)) == nil)
  }

  @Test func `connect predictions: options of a target go before those of all`() {
    #expect(predictions.timeToEnd(of: row()) == timeline(nil).timeToEnd)
    var own = row()
    own.options = SocketOptions([.synCount: 2])
    #expect(predictions.timeToEnd(of: own) == timeline(nil, count: 2).timeToEnd)
  }

  @Test
  func `connect predictions: what an earlier attempt left is not a matter of the program`() throws {
    let late = row(.undecided, .incomplete, since: .milliseconds(-1500))
    let rest = try #require(predictions.timeToEnd(of: late)?.range)
    #expect(rest.latest < .seconds(2))
    #expect(end(late).timeToEnd == timeline(NeighbourEntry.none).timeToEnd)
    let unknown = row(.undecided, .incomplete, since: nil)
    #expect(predictions.timeToEnd(of: unknown)?.range == nil)
    #expect(end(unknown).timeToEnd == timeline(NeighbourEntry.none).timeToEnd)
  }

  @Test(arguments: [NextHop.State.delay, .probe])
  func `connect predictions: a neighbour in doubt answers or not`(state: NextHop.State) {
    let end = end(row(.undecided, state, since: nil))
    #expect(end.courses.map(\.timeline) == [timeline(nil), timeline(.stale)])
    #expect(end.timeToEnd == timeline(nil).timeToEnd.union(timeline(.stale).timeToEnd))
  }

  @Test
  func `connect predictions: the time of a death tells what the neighbour table knew`() throws {
    let unreachable = ConnectOutcome.unreachable(errno: "EHOSTUNREACH")
    let fresh = end(row(unreachable, after: .milliseconds(3070), .failed))
    #expect(fresh.courses.map(\.timeline) == [timeline(NeighbourEntry.none)])
    let stale = timeline(.stale)
    let late = end(row(unreachable, after: try #require(stale.range).latest, .failed))
    #expect(late.courses.map(\.timeline) == [stale])
  }

  @Test func `connect predictions: a neighbour that is just given up ended what ended then`() {
    let options = SocketOptions([.synCount: 1])
    var own = row(.timedOut, after: .milliseconds(3060), .failed)
    own.options = options
    #expect(predictions.timeToEnd(of: own) == timeline(NeighbourEntry.none, count: 1).timeToEnd)
    let early = row(.undecided, after: .seconds(1), .failed)
    #expect(predictions.timeToEnd(of: early)?.range == nil)
  }

  @Test func `connect predictions: a device has settings of its own`() throws {
    let range = try #require(end(row(.undecided, .incomplete, device: "eth9")).timeToEnd.range)
    #expect(range.latest < .milliseconds(1100))
  }

  @Test func `connect predictions: nobody knows what a gateway of the other family does`() throws {
    let doubtful = row(.undecided, .incomplete, by: try #require(IPAddress("fe80::1")))
    guard case .unknown? = predictions.timeToEnd(of: doubtful)?.ends else {
      return #expect(Bool(false))
    }
    guard case .unknown = end(doubtful).timeToEnd.ends else { return #expect(Bool(false)) }
  }
}

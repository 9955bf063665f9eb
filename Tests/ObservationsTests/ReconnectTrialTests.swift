import NetAddress
import Observations
import Testing

@testable import TCPModel

/// What rounds of connecting again come to.
struct ReconnectTrialTests {
  private func difference(_ microseconds: [Int]) throws -> PairedDifference {
    try #require(PairedDifference(microseconds.map { .microseconds($0) }))
  }

  /// The ranks are those of tables of the sign test.
  @Test(
    arguments: [
      (1, nil), (5, nil), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (20, 6), (25, 8), (50, 18),
      (100, 40), (101, 40), (200, 86), (1000, 469),
    ] as [(Int, Int?)])
  func `reconnect trial: the range of a median is that of the sign test`(pairs: Int, rank: Int?)
    throws
  {
    let difference = try difference((1...pairs).reversed().map { $0 })
    #expect(difference.pairs == pairs)
    #expect(difference.median == .microseconds((pairs + 1) / 2))
    #expect(
      difference.range
        == rank.map { .microseconds($0)...(.microseconds(pairs + 1 - $0)) })
    #expect(difference.isShown == (rank != nil))
  }

  @Test func `reconnect trial: what chance explains is not shown`() throws {
    #expect(try !difference([3, 4, -1, 5, 6, 2]).isShown)
    #expect(try difference([3, 4, 1, 5, 6, 2]).isShown)
    #expect(try difference([-3, -4, -1, -5, -6, -2]).isShown)
    #expect(PairedDifference([]) == nil)
  }

  private func round(
    _ outcome: ConnectOutcome, cost: Int = 1,
    _ change: (inout ReconnectTrial.Round) -> Void = { _ in }
  ) -> ReconnectTrial.Round {
    var round = ReconnectTrial.Round(outcome)
    round.cost = .microseconds(cost)
    change(&round)
    return round
  }

  @Test func `reconnect trial: changes of the port are counted, not ports`() {
    var way = ReconnectTrial.Method()
    way.rounds = [1, 2, 1, 1, nil, 3].map { port in
      round(.open(isReset: false)) { $0.port = port }
    }
    #expect(way.ports == [1, 2, 1, 1, 3])
    #expect(way.portChanges == 3)
  }

  @Test func `reconnect trial: only rounds of which both came to the same are compared`() {
    var trial = ReconnectTrial(of: "t", to: .loopback(.v4, port: 1), rounds: 4)
    let bind = ConnectOutcome.localError(call: "bind", errno: "EADDRINUSE")
    trial.renewed.rounds = [
      round(.open(isReset: true), cost: 9), round(.refused), round(bind),
      round(.undecided, cost: 5),
    ]
    trial.reused.rounds = [
      round(.open(isReset: false), cost: 7), round(.undecided), round(bind),
      round(.undecided, cost: 9),
    ]
    #expect(trial.saving?.pairs == 2)
    #expect(trial.saving?.median == .microseconds(-4))
    #expect(trial.renewed.costs.count == 3)
    #expect(trial.renewed.localErrors == [bind])
    #expect(trial.isExpected == false)
    trial.expected = [.open, .refused, .localError, .undecided]
    #expect(trial.isExpected == true)
  }

  @Test
  func `reconnect trial: new sockets may find a port taken that all are to have, the same one not`()
  {
    var trial = ReconnectTrial(of: "t", to: .loopback(.v4, port: 1), rounds: 2)
    trial.renewed.rounds = [round(.open(isReset: false)), round(ReconnectTrial.portTaken)]
    trial.reused.rounds = [round(.open(isReset: false)), round(.open(isReset: false))]
    #expect(trial.isExpected == false)
    trial.hasOwnPort = true
    #expect(trial.isExpected == true)
    trial.reused.rounds[1].outcome = ReconnectTrial.portTaken
    #expect(trial.isExpected == false)
    trial.reused.rounds.removeLast()
    trial.renewed.rounds[0].outcome = .refused
    #expect(trial.isExpected == false)
    (trial.renewed.rounds, trial.reused.rounds, trial.isInterrupted) = ([], [], true)
    #expect(trial.isExpected == nil)
  }

  @Test
  func `reconnect trial: options that could not be set away from their defaults are not told`() {
    let fates = PeerSurvey.fates(
      of: SocketOptions([.keepalive: 1, .keepCount: 9, .rtoMin: 100_000]),
      SocketOptions([.keepalive: 1, .keepCount: 9, .rtoMin: 200_000]),
      defaults: SocketOptions([.keepalive: 0, .keepCount: 9, .rtoMin: 200_000]))
    #expect(fates.map(\.option) == [.keepalive, .rtoMin])
    #expect(fates.map(\.isKept) == [true, false])
  }

  @Test func `reconnect trial: waiting counts where the peer answered`() {
    var way = ReconnectTrial.Method()
    way.rounds = [round(.undecided) { $0.wait = .seconds(5) }]
    #expect(way.waits == nil)
    way.rounds.append(round(.refused) { $0.wait = .microseconds(3) })
    #expect(way.waits?.median == .microseconds(3))
  }
}

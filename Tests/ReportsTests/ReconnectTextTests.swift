import NetAddress
import Observations
import TCPModel
import Testing

@testable import Reports

/// What people read of connecting again and again.
struct ReconnectTextTests {
  private static let layout = TextLayout(isColoured: false)

  private static func round(
    _ outcome: ConnectOutcome = .open(isReset: false), _ cost: Int = 20,
    _ change: (inout ReconnectTrial.Round) -> Void = { _ in }
  ) -> ReconnectTrial.Round {
    var round = ReconnectTrial.Round(outcome)
    round.cost = .microseconds(cost)
    round.wait = .milliseconds(2)
    if outcome.kind == .open { round.state = .established }
    change(&round)
    return round
  }

  /// As many rounds of either way; the dissolved socket costs less by five.
  private static func trial(
    _ rounds: Int, _ outcome: ConnectOutcome = .open(isReset: false), cost: Int = 20,
    _ change: (inout ReconnectTrial) -> Void = { _ in }
  ) -> ReconnectTrial {
    var trial = ReconnectTrial(
      of: "db:5432", to: Endpoint(.v4(10, 0, 0, 1), port: 5432), rounds: rounds)
    trial.look = PeerSurvey(outcome)
    trial.renewed.rounds = (0..<rounds).map { round(outcome, cost + $0 % 2) { $0.port = 1 } }
    trial.reused.rounds = (0..<rounds).map { number in
      round(outcome, cost - 5) {
        $0.port = UInt16(number)
        $0.sentReset = outcome.kind == .open
      }
    }
    change(&trial)
    return trial
  }

  /// On one line.
  private static func text(_ trial: ReconnectTrial) -> String {
    trial.document.text(layout).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test func `reconnect text: the target, the address that was taken, and those that were not`() {
    let trial = Self.trial(1) { $0.others = [(.loopback(.v6, port: 5432), .refused)] }
    #expect(
      Self.text(trial).hasPrefix(
        "db:5432, 10.0.0.1:5432 ([::1]:5432 refused), 1 connect each way "))
    var unknown = ReconnectTrial(of: "nowhere:1", to: nil, rounds: 3)
    unknown.objection = "EAI_NONAME: unknown"
    #expect(Self.text(unknown) == "nowhere:1 unresolved: EAI_NONAME: unknown")
  }

  @Test func `reconnect text: costs have a spread, and a 95th of a hundred from twenty on`() {
    #expect(Self.text(Self.trial(1)).contains("20 µs of calls, 1 open"))
    #expect(
      Self.text(Self.trial(3)).contains("20 µs of calls in the median round (least 20 µs), 3 open"))
    let text = Self.text(Self.trial(20))
    #expect(text.contains("in the median round (least 20 µs, 95 of 100 within 21 µs), 20 open"))
    #expect(Self.text(Self.trial(20, cost: 1500)).contains("1.5 ms of calls in the median round"))
  }

  @Test
  func `reconnect text: a difference is told with its range, or that there is none to tell`() {
    #expect(
      Self.text(Self.trial(20)).contains(
        "saves 5 µs of a round's calls on this host (median; 5 µs to 6 µs by the sign test, 95 %). "
          + "Waiting for the peer took 2 ms with new sockets and 2 ms with the same one."))
    let few = Self.text(Self.trial(5))
    #expect(
      few.contains("The calls on this host show no difference in 5 rounds; at least 6 are needed."))
    let reason = "The cost is no reason for it here."
    #expect(!few.contains(reason))
    let alike = Self.trial(6) { $0.renewed.rounds = $0.reused.rounds }
    #expect(Self.text(alike).contains("\(reason) Otherwise useful when both sides have finished"))
    let dearer = Self.trial(8) { trial in
      (trial.renewed.rounds, trial.reused.rounds) = (trial.reused.rounds, trial.renewed.rounds)
    }
    #expect(Self.text(dearer).contains("Disconnecting costs 6 µs"))
    #expect(Self.text(dearer).contains(reason))
  }

  @Test func `reconnect text: waiting is told only of a peer that answered`() {
    let text = Self.text(Self.trial(2, .undecided) { $0.deadline = .seconds(5) })
    #expect(
      text.contains("The deadline of 5 s ended 2 connects of new sockets and 2 of the same"))
    #expect(!text.contains("Waiting"))
    #expect(text.contains("2 undecided"))
    #expect(text.contains("No connection was established"))
    #expect(!text.contains("sent the peer"))
  }

  @Test func `reconnect text: RSTs are told where they were sent`() {
    let plain = Self.text(Self.trial(4))
    #expect(plain.contains("Disconnecting sent the peer a RST in 4 of 4 rounds. "))
    let early = Self.trial(4) {
      $0.reused.rounds[0].sentReset = false
      $0.reused.rounds[0].state = .closed
      $0.renewed.rounds[2].sentReset = true
      $0.renewed.rounds[2].unread = 7
      $0.reused.rounds[1].unread = 7
    }
    let text = Self.text(early)
    #expect(
      text.contains(
        "a RST in 3 of 4 rounds, in 1 it had sent one before; closing did in 1 of 4, with data unread."
      ))
    #expect(text.contains("discards what is unread, as in 1 of 4 rounds here."))
    #expect(text.contains("Closing sent the first FIN in 3 of 4 rounds"))
  }

  @Test func `reconnect text: ports are told by their changes`() {
    #expect(Self.text(Self.trial(4)).contains("another local port in 3 of 3 further connects"))
    let own = Self.trial(3) { trial in
      trial.hasOwnPort = true
      for number in 0..<3 { trial.reused.rounds[number].port = 4001 }
      for number in 1..<3 {
        trial.renewed.rounds[number] = Self.round(
          .localError(call: "bind", errno: "EADDRINUSE"), 0)
      }
    }
    let text = Self.text(own)
    #expect(text.contains("kept its local port, 4001."))
    #expect(text.contains("1 open, 2 local error, bind: EADDRINUSE"))
    #expect(text.contains("Useful with a fixed local port"))
    #expect(!Self.text(Self.trial(1, .undecided)).contains("local port"))
  }

  @Test func `reconnect text: options are told by their names`() {
    let trial = Self.trial(1) {
      $0.look?.options = [
        PeerSurvey.OptionFate(.keepalive, before: 1, after: 1),
        PeerSurvey.OptionFate(.rtoMin, before: 100_000, after: 200_000),
      ]
      $0.look?.errorLeft = "ECONNRESET"
      $0.look?.roundTripBefore = .milliseconds(1)
    }
    let text = Self.text(trial)
    #expect(
      text.contains("reset by disconnecting: TCP_RTO_MIN_US (100000 was set, 200000 is left). "))
    #expect(text.contains("Options kept: SO_KEEPALIVE."))
    #expect(
      text.contains("it leaves ECONNRESET in SO_ERROR and it forgets the measured round trip."))
  }

  @Test(
    arguments: [
      (.silent, "sent nothing for 200 ms", "Useful when both sides"),
      (.sends(bytes: 1), "sent first, 1 byte.", "Avoid it before everything is read"),
      (.closes, "closed by itself.", "disconnecting does"),
      (.resets, "reset it by itself.", "sends it nothing more"),
    ] as [(PeerSurvey.Conduct, String, String)])
  func `reconnect text: what the peer did is told, and what follows`(
    conduct: PeerSurvey.Conduct, fact: String, advice: String
  ) {
    let trial = Self.trial(2) {
      $0.look?.conduct = conduct
      $0.look?.watched = .milliseconds(200)
    }
    #expect(Self.text(trial).contains(fact))
    #expect(Self.text(trial).contains(advice))
  }

  @Test func `reconnect text: what always holds comes last`() {
    #expect(Self.text(Self.trial(6)).contains(" Useful when both sides have finished"))
  }

  @Test func `reconnect text: failures after RSTs are told, those of this host are not`() {
    let failed = Self.trial(4) { $0.reused.rounds[3] = Self.round(.refused) }
    #expect(
      Self.text(failed).contains(
        "Failed connects: 1 of the disconnected socket, 0 of new sockets."))
    let local = Self.trial(4) {
      $0.reused.rounds[3] = Self.round(.localError(call: "connect", errno: "EADDRNOTAVAIL"))
    }
    #expect(!Self.text(local).contains("not tolerate RSTs"))
    let none = Self.trial(4, .localError(call: "bind", errno: "EADDRNOTAVAIL"))
    #expect(!Self.text(none).contains("no drawback"))
  }

  @Test func `reconnect text: an interrupted trial says how far it came`() {
    let trial = Self.trial(4) {
      $0.reused.rounds.removeLast(2)
      $0.isInterrupted = true
    }
    #expect(
      Self.text(trial).hasSuffix(
        "interrupted after 4 connects with new sockets and 2 with the same one"))
    var early = ReconnectTrial(of: "a:1", to: nil, rounds: 4)
    early.isInterrupted = true
    #expect(
      Self.text(early)
        == "a:1, 4 connects each way "
        + "interrupted after 0 connects with new sockets and 0 with the same one")
  }
}

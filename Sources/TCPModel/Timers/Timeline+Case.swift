extension Scenario {
  /// Plays a case under the rules of a kernel.
  typealias Player = @Sendable (Case, KernelRules) throws(Unknown) -> Timeline

  /// How each scenario is played; one line for each file beside this one.
  static let players: [Scenario: Player] = [
    .connect: SYNRetransmission.timeline,
    .idle: KeepaliveProbe.timeline,
    .send: DataRetransmission.timeline,
    .neighbour: NeighbourProbe.timeline,
    .zeroWindow: ZeroWindowProbe.timeline,
    .accept: SYNACKRetransmission.timeline,
    .close: OrphanTimer.timeline,
    .finWait: FinWait2.timeline,
    .timeWait: TimeWait.timeline,
  ]

  /// Those that a report of a host speaks of.
  package static let reported: [Scenario] = [.connect, .idle, .send]

  /// Whether the model can play it.
  package var isModelled: Bool { Self.players[self] != nil }
}

extension Timeline {
  /// What happens in a case; never fails: what cannot be known ends as `unknown`.
  package init(of play: Case, under rules: KernelRules) {
    guard let player = Scenario.players[play.scenario] else {
      self = .unknown(play.scenario, because: "this scenario is not modelled yet")
      return
    }
    do throws(Unknown) {
      self = try player(play, rules)
    } catch {
      self = .unknown(play.scenario, because: error.reason)
    }
  }

  /// What happens in a case on the kernel that its snapshot is from.
  package init(of play: Case) {
    do throws(Unknown) {
      self = Timeline(of: play, under: try KernelRules(of: play.snapshot))
    } catch {
      self = .unknown(play.scenario, because: error.reason)
    }
  }
}

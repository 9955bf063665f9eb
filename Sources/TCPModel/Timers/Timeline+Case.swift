extension Scenario {
  /// Plays a case under the rules of a kernel.
  typealias Player = @Sendable (Case, KernelRules) throws(Unknown) -> Timeline

  /// How it is played; one line for each file beside this one.
  fileprivate var player: Player {
    switch self {
    case .connect: SYNRetransmission.timeline
    case .neighbour: NeighbourProbe.timeline
    case .accept: SYNACKRetransmission.timeline
    case .idle: KeepaliveProbe.timeline
    case .send: DataRetransmission.timeline
    case .zeroWindow: ZeroWindowProbe.timeline
    case .close: OrphanTimer.timeline
    case .finWait: FinWait2.timeline
    case .timeWait: TimeWait.timeline
    }
  }
}

extension Timeline {
  /// What happens in a case; never fails: what cannot be known ends as `unknown`.
  package init(of play: Case, under rules: KernelRules) {
    do throws(Unknown) {
      self = try play.scenario.player(play, rules)
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

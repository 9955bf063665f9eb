extension Scenario {
  /// Plays a case under the rules of a kernel.
  typealias Player = @Sendable (Experiment, KernelRules) throws(Unknown) -> Timeline

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
  package init(of experiment: Experiment, under rules: KernelRules) {
    do throws(Unknown) {
      self = try experiment.scenario.player(experiment, rules)
    } catch {
      self = .unknown(experiment.scenario, because: error.reason)
    }
  }

  /// What happens in a case on the kernel that its snapshot is from.
  package init(of experiment: Experiment) {
    do throws(Unknown) {
      self = Timeline(of: experiment, under: try KernelRules(of: experiment.snapshot))
    } catch {
      self = .unknown(experiment.scenario, because: error.reason)
    }
  }
}

package import TCPModel

/// A case that is to be measured, and where it comes from.
package struct Trial: Sendable {
  package var settings: Advice.Settings
  package var connections: String
  package var play: Case
  /// The same case with short options, because nothing would be seen of the real one in time.
  package var isRehearsal: Bool
  /// What the profile asks of it, where that is what is measured.
  package var promise: Promise?

  package init(
    _ settings: Advice.Settings, connections: String, play: Case, isRehearsal: Bool = false
  ) {
    (self.settings, self.connections) = (settings, connections)
    (self.play, self.isRehearsal) = (play, isRehearsal)
  }

  /// Whether both would show the same.
  fileprivate func isSame(as other: Trial) -> Bool {
    isRehearsal == other.isRehearsal && play.scenario == other.play.scenario
      && play.options == other.play.options && play.family == other.play.family
      && play.outage == other.play.outage && play.stall == other.play.stall
      && play.neighbourEntry == other.play.neighbourEntry
      && play.path.segments == other.play.path.segments
      && play.snapshot.readings == other.play.snapshot.readings
  }

  /// The trial itself, and a rehearsal of it where nothing would be seen within the budget.
  package func rehearsed(within budget: Duration, on host: Host) -> [Trial] {
    let timeline = Timeline(of: play, under: host.rules)
    let first = timeline.events.first { $0.range.latest > .zero }?.range.earliest
    guard timeline.ends == .always, let first, first > budget else { return [self] }
    return [self] + [rehearsal(within: budget, timeline)].compactMap { $0 }
  }

  private func rehearsal(within budget: Duration, _ timeline: Timeline) -> Trial? {
    // What outlives an outage does so with its own times alone.
    guard play.outage == nil else { return nil }
    switch play.scenario {
    case .idle: return idleRehearsal(within: budget, timeline)
    case .finWait: return finWaitRehearsal
    case .connect, .neighbour, .accept, .send, .zeroWindow, .close, .timeWait: return nil
    }
  }

  /// Two seconds in FIN-WAIT-2.
  private var finWaitRehearsal: Trial {
    var rehearsal = self
    rehearsal.isRehearsal = true
    rehearsal.promise = nil
    rehearsal.play.options[.linger2] = 2
    return rehearsal
  }

  /// Keepalive with a second for each wait, and as many probes as before or as the budget holds.
  private func idleRehearsal(within budget: Duration, _ timeline: Timeline) -> Trial? {
    let probes = timeline.branches.map { $0.events.count - 1 }.min() ?? 1
    // A tenth of a second for each timer's lateness, and two seconds to spare.
    let room = Int((budget.seconds - 2) / 1.1)
    let count = min(max(probes, 1), room)
    guard count >= 1 else { return nil }
    var rehearsal = self
    rehearsal.isRehearsal = true
    rehearsal.promise = nil
    rehearsal.play.options[.keepIdle] = 1
    rehearsal.play.options[.keepInterval] = 1
    rehearsal.play.options[.keepCount] = count
    if play.options[.userTimeout] ?? 0 > 0 {
      rehearsal.play.options[.userTimeout] = count * 1000 + 500
    }
    return rehearsal
  }
}

extension Advice {
  /// What to measure: every scenario as it is, and with the plan where that changes something.
  package func trials(within budget: Duration) -> [Trial] {
    var trials: [Trial] = []
    for outlook in outlooks {
      let situation = outlook.situation
      let scenario = outlook.timeline.scenario
      var options = situation.options(in: scenario)
      // What the sysctls do to idle connections shows only where keepalive is switched on.
      if scenario == .idle { options[.keepalive] = 1 }
      let play = Case(
        scenario, in: situation.host.snapshot, options: options, path: situation.group.path)
      let trial = Trial(outlook.settings, connections: outlook.connections, play: play)
      if outlook.settings == .planned, isUnchanged(trial, in: trials) { continue }
      if !trials.contains(where: { $0.settings == trial.settings && $0.isSame(as: trial) }) {
        trials += trial.rehearsed(within: budget, on: situation.host)
      }
    }
    return trials
  }

  private func isUnchanged(_ trial: Trial, in trials: [Trial]) -> Bool {
    let timeline = Timeline(of: trial.play, under: host.rules)
    return trials.contains {
      $0.settings == .current && $0.play.scenario == trial.play.scenario
        && Timeline(of: $0.play, under: host.rules) == timeline
    }
  }
}

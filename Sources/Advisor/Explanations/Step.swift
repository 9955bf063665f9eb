package import TCPModel

/// A neighbouring value of a setting, and what becomes of a scenario with it.
package struct Step: Sendable {
  package let value: Int
  /// Its end is as exact as can be simulated; what comes before nobody asks.
  package let timeline: Timeline
}

/// Simulates an experiment with one value changed, and holds its end against what it is without.
struct StepSimulator {
  private let experiment: Experiment
  private let timeline: Timeline
  /// What is, simulated as steps are: on a path of many round trips two ends can be compared that are
  /// bounded alike, not an exact one and a bounded one.
  private let unchanged: Timeline
  private let cache = TimelineCache(reports: mostSimulated)

  /// Events that all steps together may simulate: below two seconds on most machines.
  private static let mostSimulated = 130_000_000
  private static let excuse = "not simulated within the budget: a narrower rtt helps"

  /// - Parameter timeline: what happens in the experiment.
  init(of experiment: Experiment, _ timeline: Timeline) {
    self.experiment = experiment
    self.timeline = timeline
    unchanged = cache.timelineWithinBudget(endOf: experiment) ?? timeline
  }

  /// Returns a value that a setting may have, and what comes of it: what is where it changes nothing,
  /// unknown where the budget is used up. Where one simulation alone is too much, so are its neighbours.
  func step(to value: Int, by change: (inout Experiment) -> Void) -> Step {
    var changed = experiment
    change(&changed)
    guard !unchanged.isTooMuch, let end = cache.timelineWithinBudget(endOf: changed) else {
      return Step(value: value, timeline: .unknown(changed.scenario, because: Self.excuse))
    }
    return Step(value: value, timeline: end.endsLike(unchanged) ? timeline : end)
  }
}

extension TimelineCache {
  /// Returns when an experiment ends, on the kernel that its snapshot is from.
  fileprivate func timelineWithinBudget(endOf experiment: Experiment) -> Timeline? {
    var experiment = experiment
    experiment.precision = .ends
    guard let rules = try? KernelRules(of: experiment.snapshot) else {
      return Timeline(of: experiment)
    }
    return timelineWithinBudget(of: experiment, under: rules)
  }
}

extension Timeline {
  /// Whether it was simulated in vain.
  fileprivate var isTooMuch: Bool {
    guard case .unknown = ends else { return false }
    return effort.events > 0
  }

  /// Whether two experiments with other values end alike, as far as that is known.
  fileprivate func endsLike(_ other: Timeline) -> Bool {
    if case .unknown = ends { return false }
    return (ends, branches, acceptance) == (other.ends, other.branches, other.acceptance)
  }
}

extension Sysctl {
  /// Returns the value one step below that somebody may want; nil where there is none, such as a wait
  /// of nothing.
  func below(_ value: Int) -> Int? {
    let next = unit.below(value)
    return next > 0 || !unit.isTime && !isZeroSenseless ? next : nil
  }
}

extension Sysctl.Unit {
  fileprivate var isTime: Bool {
    switch self {
    case .seconds, .milliseconds, .microseconds, .nanoseconds: true
    case .count, .flag, .mode, .percent, .bytes, .pages, .entries, .ports, .name: false
    }
  }

  /// Returns the value one step below: one less of what is counted, a mode off, half of what is a
  /// time or a size.
  func below(_ value: Int) -> Int {
    // The modes in between are often not told apart.
    if self == .mode { return 0 }
    return isCounted ? value - 1 : value / 2
  }

  /// Returns the value one step above: one more, or twice as much.
  func above(_ value: Int) -> Int {
    // Anything but zero is on.
    if self == .flag { return max(value, 1) }
    return isCounted ? value + 1 : value > 0 ? value * 2 : 1
  }

  private var isCounted: Bool {
    switch self {
    case .count, .flag, .mode: true
    case .seconds, .milliseconds, .microseconds, .nanoseconds, .percent, .bytes, .pages, .entries,
      .ports, .name:
      false
    }
  }
}

extension Duration {
  /// The round times around it, of 1, 2 or 5 times a power of ten milliseconds: the longest that is
  /// shorter, and the shortest that is longer.
  var roundNeighbours: (below: Int, above: Int) {
    let milliseconds =
      Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    var (below, above) = (1, 1)
    var power = 1
    while above <= milliseconds {
      for factor in [1, 2, 5, 10] where above <= milliseconds {
        if factor * power < milliseconds { below = factor * power }
        above = factor * power
      }
      power *= 10
    }
    return (below, above)
  }
}

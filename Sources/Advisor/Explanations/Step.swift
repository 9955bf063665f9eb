package import TCPModel

/// A neighbouring value of a setting, and what becomes of a scenario with it.
package struct Step: Sendable {
  package let value: Int
  /// Its end is exact; what comes before nobody asks.
  package let timeline: Timeline

  private static let excuse = "not simulated within the budget: a narrower rtt helps"

  /// Unknown where the budget of the cache is used up.
  init(value: Int, endOf experiment: Experiment, asking cache: TimelineCache) {
    var experiment = experiment
    experiment.precision = .ends
    self.value = value
    do throws(Unknown) {
      let rules = try KernelRules(of: experiment.snapshot)
      timeline =
        cache.timelineWithinBudget(of: experiment, under: rules)
        ?? .unknown(experiment.scenario, because: Self.excuse)
    } catch {
      timeline = .unknown(experiment.scenario, because: error.reason)
    }
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

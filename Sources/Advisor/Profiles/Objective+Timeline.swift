import TCPModel

extension Objective {
  /// The objective without what it asks to outlive.
  var onlyWithin: Objective { Objective(scenario, within: within) }

  /// Its bounds, as a contradiction names them.
  var demands: [Plan.Demand] {
    [("within", within), ("survive", survive), ("recover", recover)].compactMap { name, bound in
      bound.map {
        Plan.Demand(text: "\(scenario.rawValue) \(name) \($0.time.text)", place: $0.place)
      }
    }
  }

  /// Whether both bounds hold for one timeline.
  func holds(for timeline: Timeline, times: Int = 1) -> Bool {
    if let within = within?.time {
      guard timeline.ends == .always, let latest = timeline.range?.latest, latest * times <= within
      else { return false }
    }
    if let survive = survive?.time, timeline.ends != .never {
      guard let outlived = timeline.survives, outlived >= survive else { return false }
    }
    return true
  }
}

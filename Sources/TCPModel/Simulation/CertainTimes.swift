/// Before and after which no event of a simulation comes, whatever the phase: as where each of its timers
/// fires as early, or as late, as it can. Times are jiffies since the start.
struct CertainTimes {
  private var earliest = EventTrace()
  private var latest = EventTrace()

  /// - Parameter simulation: one that is bounded by wheels.
  init(of simulation: any TimerSimulation, on wheel: TimerWheel) {
    simulation.run(from: 0, on: wheel.bounds.earliest, into: &earliest)
    simulation.run(from: 0, on: wheel.bounds.latest, into: &latest)
    guard simulation.cutWait != nil else { return }
    latest.moveEnd(to: simulation.bound(of: .latestEnd, on: wheel) ?? .max)
    // What is left is counted in milliseconds, which no tick is.
    let end = (earliest.times.last ?? 0) - 2
    earliest.moveEnd(to: simulation.bound(of: .earliestEnd, on: wheel) ?? end)
  }

  /// Returns whether they say something of the course of a run: not where another moment than the start
  /// counts.
  func tell(of trace: EventTrace) -> Bool {
    trace.origin == nil && earliest.order.isLike(trace.order) && latest.order.isLike(trace.order)
  }

  /// Returns between which times an event lies; nil where the course is another one.
  func range(of event: Int, _ kind: Timeline.EventKind) -> ClosedRange<Int>? {
    guard event < earliest.times.count, event < latest.times.count,
      earliest.kinds[event] == kind, latest.kinds[event] == kind,
      earliest.times[event] <= latest.times[event]
    else { return nil }
    return earliest.times[event]...latest.times[event]
  }
}

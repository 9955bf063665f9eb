/// What one run of a simulation left behind, from one start. Stretches of phases share it.
final class SimulationRun {
  /// The jiffy at which the scenario starts.
  let start: Int
  let trace: EventTrace

  init(from start: Int, _ trace: EventTrace) { (self.start, self.trace) = (start, trace) }

  /// The jiffy from which times count.
  var origin: Int { trace.origin ?? start }
  /// When the outage begins that is hardest to outlive.
  var outageStart: Int { trace.outageStart ?? origin + trace.outageDelay }
  /// The longest such outage that is outlived, in jiffies.
  var survives: Int { max((trace.lastAnswered ?? outageStart) - outageStart, 0) }
}

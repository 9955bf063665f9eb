/// A simulation of a client's timer, which sends one segment each time it fires until it gives up. What runs
/// beside it can follow it fire by fire.
protocol ClientSimulation: TimerSimulation {
  associatedtype Attempt: ClientAttempt

  /// How late an answer comes, in jiffies.
  var roundTrip: Int { get }

  /// Returns what it does from jiffy `start` on, until its timer fires first.
  func attempt(from start: Int, on wheel: TimerWheel) -> Attempt

  /// Returns whether an attempt is over once its timer fires.
  func isOver(_ attempt: Attempt) -> Bool

  /// Returns what ends an attempt that is over.
  func endReasons(of attempt: Attempt) -> Timeline.EndReasons

  /// Sends a segment when the timer fires, and arms it anew.
  func send(_ attempt: inout Attempt, on wheel: TimerWheel)

  /// Returns how an attempt goes on in which nothing but its end comes any more; nil where all is sent one
  /// by one.
  func repetition(of attempt: Attempt, on wheel: TimerWheel) -> Repetition?
}

/// What a client does, between two fires of its timer.
protocol ClientAttempt {
  /// The jiffy at which the timer fires.
  var due: Int { get set }
  /// What it sends then, unless it is over.
  var kind: Timeline.EventKind { get }
  /// When the outage begins that is hardest to outlive; nil stands for the start.
  var outageStart: Int? { get }
  /// What times count from; nil stands for the start.
  var origin: Int? { get }
}

/// Fires at one distance, in jiffies.
struct Repetition {
  let distance: Int
  /// Before it nothing else happens.
  let end: Int

  /// Returns the same as long as something else does not happen.
  func until(_ time: Int) -> Repetition { Repetition(distance: distance, end: min(end, time)) }

  /// Returns the last of these fires but two that is before the end; the same moment where there are none.
  func passing(from now: Int) -> Int { now + distance * max(0, (end - now) / distance - 2) }
}

extension ClientAttempt {
  var outageStart: Int? { nil }
  var origin: Int? { nil }
}

extension ClientSimulation {
  func repetition(of attempt: Attempt, on wheel: TimerWheel) -> Repetition? { nil }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    var attempt = attempt(from: start, on: wheel)
    (trace.outageStart, trace.origin) = (attempt.outageStart, attempt.origin)
    while !trace.isDone, !isOver(attempt) {
      if trace.isFull, let repetition = repetition(of: attempt, on: wheel) {
        trace.passOver()
        attempt.due = repetition.passing(from: attempt.due)
      } else {
        trace.add(attempt.kind, at: attempt.due)
      }
      send(&attempt, on: wheel)
    }
    trace.giveUp(at: attempt.due, roundTrip: roundTrip, by: endReasons(of: attempt))
  }
}

package import TCPModel

/// One way in which an attempt to connect that hangs may go on.
package struct HangForecast: Sendable {
  package let experiment: Experiment
  package let timeline: Timeline

  package init(_ experiment: Experiment, _ timeline: Timeline) {
    (self.experiment, self.timeline) = (experiment, timeline)
  }
}

/// How an attempt to connect that hangs ends, by the model, under some options of its program.
package struct ConnectHang: Sendable {
  /// What decides it: several where nobody knows which of them it will be.
  package let courses: [HangForecast]
  /// From the beginning of the attempt.
  package let timeToEnd: TimeToEnd

  /// - Parameter span: nil if it is that of the courses.
  package init(_ course: HangForecast, or other: HangForecast? = nil, timeToEnd: TimeToEnd? = nil) {
    courses = [course] + (other.map { [$0] } ?? [])
    self.timeToEnd =
      timeToEnd ?? other.map { course.timeline.timeToEnd.union($0.timeline.timeToEnd) }
      ?? course.timeline.timeToEnd
  }

  /// Returns the same under a program that gives up by itself.
  func limited(to deadline: Duration) -> ConnectHang {
    let limited = courses.map { course in
      HangForecast(
        course.experiment,
        course.timeline.limited(
          to: deadline, roundTrip: course.experiment.path.roundTrip.upperBound))
    }
    return ConnectHang(
      limited[0], or: limited.dropFirst().first, timeToEnd: timeToEnd.limited(to: deadline))
  }

  /// The longest outage that each course outlives; nil is one that nothing limits.
  var survivals: [Duration?] { courses.map(\.timeline.survives) }
}

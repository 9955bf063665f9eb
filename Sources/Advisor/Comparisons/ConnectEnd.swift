package import TCPModel

/// One way in which an attempt to connect that hangs may go on.
package struct ConnectCourse: Sendable {
  package let play: Case
  package let timeline: Timeline

  package init(_ play: Case, _ timeline: Timeline) { (self.play, self.timeline) = (play, timeline) }
}

/// How an attempt to connect that hangs ends, by the model, under some options of its program.
package struct ConnectEnd: Sendable {
  /// What decides it: several where nobody knows which of them it will be.
  package let courses: [ConnectCourse]
  /// From the beginning of the attempt.
  package let span: Span

  /// - Parameter span: nil where it is that of the courses.
  package init(_ course: ConnectCourse, or other: ConnectCourse? = nil, span: Span? = nil) {
    courses = [course] + (other.map { [$0] } ?? [])
    self.span =
      span ?? other.map { course.timeline.span.union($0.timeline.span) } ?? course.timeline.span
  }

  /// The longest outage that each course outlives; nil is one that nothing limits.
  var survivals: [Duration?] { courses.map(\.timeline.survives) }
}

/// What distinguishes one course of events from another, whatever their times.
struct Course: Hashable {
  let kinds: [Timeline.EventKind]
  /// What the program is told, where that differs from phase to phase.
  let errno: String?
  /// What came before, or what the peer did, where simulations differ in that.
  let circumstance: Timeline.Circumstance?

  /// The course of what one run left behind.
  init(of trace: EventTrace, under circumstance: Timeline.Circumstance?) {
    (kinds, errno, self.circumstance) = (trace.kinds, trace.errno, circumstance)
  }

  init(of branch: Timeline.Branch) {
    kinds = branch.events.map { $0.kind }
    (errno, circumstance) = (branch.errno, branch.circumstance)
  }

  /// Hashes where one kind of event follows another one; courses that differ in the rest alone are few.
  func hash(into hasher: inout Hasher) {
    hasher.combine(kinds.count)
    for event in kinds.indices.dropFirst() where kinds[event] != kinds[event - 1] {
      hasher.combine(event)
    }
  }
}

/// Values of courses, one for each, in the order in which they came.
struct CourseTable<Value> {
  var values: [Value] = []
  private var places: [Course: Int] = [:]

  /// Returns where the value of a course is; where there is none yet, one is made.
  mutating func place(of course: Course, else make: @autoclosure () -> Value) -> Int {
    if let place = places[course] { return place }
    places[course] = values.count
    values.append(make())
    return values.count - 1
  }
}

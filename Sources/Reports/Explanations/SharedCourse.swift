import TCPModel

/// The kernels or families beside each other that see the same: one column, and one lane.
struct SharedCourse {
  /// Their names: `Linux 5.15, 6.1`.
  let label: String
  let timeline: Timeline

  /// Returns those that see the same put together: whose timelines differ in nothing but what decides them.
  static func all(of timelines: [Timeline], labels: [String]) -> [SharedCourse] {
    var groups: [(labels: [String], timeline: Timeline)] = []
    for (label, timeline) in zip(labels, timelines) {
      let known = groups.firstIndex { $0.timeline.withoutReasons == timeline.withoutReasons }
      if let known {
        groups[known].labels.append(label)
      } else {
        groups.append(([label], timeline))
      }
    }
    return groups.map { SharedCourse(label: joined($0.labels), timeline: $0.timeline) }
  }

  /// Returns several names as one; `Linux` stands before the first release alone.
  static func joined(_ labels: [String]) -> String {
    let system = "Linux "
    guard labels.allSatisfy({ $0.hasPrefix(system) && !$0.contains(",") }) else {
      return labels.joined(separator: labels.contains { $0.contains(",") } ? "; " : ", ")
    }
    return system + labels.map { $0.dropFirst(system.count) }.joined(separator: ", ")
  }
}

extension Timeline {
  fileprivate var withoutReasons: Timeline {
    var timeline = self
    timeline.limits = []
    for index in branches.indices { timeline.branches[index].endReasons = [] }
    return timeline
  }
}

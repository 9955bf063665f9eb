import TCPModel

extension Timeline {
  /// What tells each branch from the others, in a few words; empty where nothing does.
  var distinctions: [String] {
    zip(zip(whatIf, timeouts), odds).map { parts, odds in
      [parts.0?.label, odds.map { "\($0) of 100" }, parts.1.map { "RTO \($0.text)" }]
        .compactMap { $0 }.joined(separator: ", ")
    }
  }

  /// The same behind the time of an end.
  var conditions: [String] {
    zip(zip(whatIf, timeouts), odds).map { parts, odds in
      (parts.0.map { " if \($0.condition)" } ?? "")
        + (odds.map { " in \($0) of 100 cases" } ?? "")
        + (parts.1.map { ", RTO \($0.text)" } ?? "")
    }
  }

  /// The ends under each circumstance; nil where they are the same, or there is but one.
  var endsByCircumstance: String? {
    let pairs: [(one: Circumstance, other: Circumstance, condition: String)] = [
      (.notAcknowledged, .acknowledged, "one came and then nothing"),
      (.noAnsweredProbe, .answeredProbes, "some were"),
    ]
    for pair in pairs {
      // Beside a heartbeat others may end it.
      guard branches.allSatisfy({ [pair.one, pair.other].contains($0.circumstance) }),
        let one = ends(under: pair.one), let other = ends(under: pair.other), one != other
      else { continue }
      return "\(one) if \(pair.one.condition), \(other) if \(pair.condition)"
    }
    return nil
  }

  private func ends(under circumstance: Circumstance) -> String? {
    let own = branches.filter { $0.circumstance == circumstance }
    let ends = own.separateEnds
    if ends.isEmpty || ends.count > 3 { return own.map(\.range).union?.text }
    return ends.map(\.range.text).joined(separator: " or ")
  }

  /// nil for all where they are the same.
  private var whatIf: [Circumstance?] {
    let all = branches.map(\.circumstance)
    return Set(all).count > 1 ? all : all.map { _ in nil }
  }

  private var timeouts: [TimeRange?] {
    let all = branches.map(\.timeouts)
    return Set(all).count > 1 ? all : all.map { _ in nil }
  }
}

/// Branches whose ends read alike: they overlap, or nearly do.
struct SeparateEnd {
  private(set) var range: TimeRange
  private(set) var branches: [Timeline.Branch]

  fileprivate init(_ branch: Timeline.Branch) { (range, branches) = (branch.range, [branch]) }

  fileprivate mutating func add(_ branch: Timeline.Branch) {
    range = range.union(branch.range)
    branches.append(branch)
  }

  /// How many cases lead there; nil if unknown of a branch.
  var share: Double? {
    branches.reduce(0 as Double?) { sum, branch in
      sum.flatMap { sum in branch.share.map { sum + $0 } }
    }
  }

  /// The number of events in the likeliest branch.
  var eventCount: Int {
    branches.max { $0.share ?? 0 < $1.share ?? 0 }?.events.count ?? 0
  }
}

extension [Timeline.Branch] {
  var separateEnds: [SeparateEnd] {
    sorted { $0.range.earliest < $1.range.earliest }.reduce(into: []) { ends, branch in
      if let last = ends.last?.range, branch.range.earliest <= last.latest + last.latest / 50 {
        ends[ends.count - 1].add(branch)
      } else {
        ends.append(SeparateEnd(branch))
      }
    }
  }
}

extension Timeline.Circumstance {
  fileprivate var condition: String {
    switch self {
    case .acknowledged: "an ACK came and then nothing"
    case .notAcknowledged: "no ACK came"
    case .noAnsweredProbe: "no probes were answered before"
    case .answeredProbes: "probes were answered before"
    }
  }

  fileprivate var label: String {
    switch self {
    case .acknowledged: "ACK came, then nothing"
    case .notAcknowledged: "no ACK came"
    case .noAnsweredProbe: "no probes answered before"
    case .answeredProbes: "probes answered before"
    }
  }
}

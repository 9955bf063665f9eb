import TCPModel

/// How long a program hangs that tries addresses in turn, or races them, put together from one after
/// the other.
struct ConnectWait {
  /// Between two addresses of a race (RFC 8305, 5), unless the one before has failed.
  private static let head = Duration.milliseconds(250)

  let isRace: Bool
  private(set) var span = Span(ends: .always, range: TimeRange(.zero, .zero))
  private(set) var isMeasured = true
  private(set) var addresses = 0
  /// Of the program, where the attempt was made with others.
  private(set) var options = SocketOptions()
  private(set) var causes: [ConnectVerdict.Cause] = []
  /// What decides the longest wait.
  private(set) var decisive: ConnectEnd?
  /// Nil where nothing limits it.
  private var outlives: Duration? = .zero
  private var isOfTimers = false
  private var longest = Duration.zero

  init(isRace: Bool = false) { self.isRace = isRace }

  /// - Parameters:
  ///   - others: the options of the program, where those decide that it was not made with.
  ///   - end: how such an attempt ends under the program's options.
  mutating func add(_ row: ProbedAddress, others: SocketOptions?, end: () -> ConnectEnd) {
    let result = row.result
    addresses += 1
    let seen = Span(ends: .always, range: TimeRange(result.time, result.time))
    guard result.hangs else { return follow(seen) }
    // Whose message ends it is not the program's choice, unless its own timers come first.
    let isByTimers = result.isByTimers
    if !isByTimers {
      let isCutShort =
        others != nil && end().span.range.map { $0.latest < result.time } ?? false
      if !isCutShort {
        causes.append(.message(result.report))
        return follow(seen)
      }
    }
    let end = end()
    note(end)
    if let others { options = others }
    if result.outcome != .undecided, others == nil {
      follow(seen)
    } else {
      isMeasured = false
      follow(end.span)
    }
  }

  private mutating func note(_ end: ConnectEnd) {
    causes.append(.timers(end))
    isOfTimers = true
    let latest = end.span.range?.latest ?? .seconds(Int64.max / 2)
    if decisive == nil || latest > longest {
      (decisive, longest) = (end, latest)
    }
    guard let before = outlives, let begin = isRace ? .zero : span.range?.earliest else { return }
    // Where it may end earlier than was played, so may the last SYN or question leave earlier.
    let head = (end.timeline.range?.earliest ?? .zero) - (end.span.range?.earliest ?? .zero)
    let own = end.timeline.survives.map { max($0 - max(head, .zero), .zero) }
    outlives = own.map { max(before, begin + $0) }
  }

  private mutating func follow(_ next: Span) {
    switch (span.ends, next.ends) {
    case (.always, .always):
      guard let mine = span.range, let range = next.range else { return }
      span.range =
        isRace
        ? TimeRange(
          max(mine.earliest, range.earliest),
          max(mine.latest, range.latest + Self.head * (addresses - 1)))
        : TimeRange(mine.earliest + range.earliest, mine.latest + range.latest)
    case (.unknown, _), (.never, _): break
    case (_, .unknown), (_, .never), (.always, .maybeNever): span = next
    case (.maybeNever, _): break
    }
  }

  /// The same for each of so many addresses. The outage that is outlived stays that of one, as in a
  /// `Situation`.
  mutating func multiply(by count: Int) {
    addresses *= count
    span = span.repeated(count)
  }

  /// How a bound stands; nil where it is about timers, and those did not decide.
  func status(_ kind: Objective.Kind, _ wanted: Duration)
    -> (ConnectVerdict.Status, outlives: Duration?)?
  {
    if case .unknown(let reason) = span.ends { return (.unknown(because: reason), nil) }
    switch kind {
    case .within:
      guard span.ends == .always, let latest = span.range?.latest else { return (.missed, nil) }
      return (latest <= wanted ? .met : .missed, nil)
    case .survive:
      guard isOfTimers, !causes.contains(where: \.isMessage) else { return nil }
      guard span.ends != .never, let outlives else { return (.met, nil) }
      return (outlives >= wanted ? .met : .missed, outlives)
    case .recover: return nil
    }
  }
}

extension ConnectVerdict.Cause {
  fileprivate var isMessage: Bool { if case .message = self { true } else { false } }
}

extension ConnectResult {
  /// Whether timers of this host end it, not somebody's message.
  fileprivate var isByTimers: Bool {
    switch outcome {
    case .undecided, .timedOut: true
    case .unreachable: isDeadNeighbour && nextHop != nil
    case .open, .refused, .localError, .unresolved: false
    }
  }
}

import Observations
import TCPModel

/// How long a program hangs that tries addresses in turn, or races them, put together from one after
/// the other.
struct AddressSequenceHang {
  private var wait: WaitForAddresses
  private(set) var isMeasured = true
  /// Those it was played with; empty where it is as the attempts were made.
  private(set) var options = SocketOptions()
  private(set) var causes: [ConnectVerdict.Cause] = []
  /// What decides the longest wait.
  private(set) var decisive: ConnectHang?
  /// Whether one of the addresses is open: the program has not given up.
  private(set) var isOpen = false
  /// At least, and at best; nil where nothing limits it.
  private var outlives: (least: Duration?, most: Duration?) = (.zero, .zero)
  private var ends: [ConnectHang] = []
  private var longest = Duration.zero

  var timeToEnd: TimeToEnd { wait.timeToEnd }
  var addresses: Int { wait.addresses }

  init(isRace: Bool = false) { wait = WaitForAddresses(isRace: isRace) }

  /// - Parameters:
  ///   - others: the options of the program, where those decide that it was not made with.
  ///   - end: how such an attempt ends under the program's options.
  mutating func add(_ row: ProbedAddress, others: SocketOptions?, end: () -> ConnectHang) {
    let result = row.result
    isOpen = result.outcome.kind == .open
    let seen = TimeToEnd(ends: .always, range: TimeRange(result.time, result.time))
    guard result.hangs else { return wait.add(seen) }
    // Whose message ends it is not the program's choice, unless its own timers come first.
    if !result.isByTimers {
      let isCutShort =
        others != nil && end().timeToEnd.range.map { $0.latest < result.time } ?? false
      if !isCutShort {
        causes.append(.message(result.report))
        return wait.add(seen)
      }
    }
    let end = end()
    note(end)
    if let others { options = others }
    if result.outcome != .undecided, others == nil, !Self.isRest(result, of: end) {
      wait.add(seen)
    } else {
      isMeasured = false
      wait.add(end.timeToEnd)
    }
  }

  /// Whether the neighbour was asked for already when it began: an earlier attempt's time is not to
  /// its credit.
  private static func isRest(_ result: ConnectResult, of end: ConnectHang) -> Bool {
    guard result.isDeadNeighbour, let range = end.timeToEnd.range else { return false }
    return result.time < range.earliest - .milliseconds(60)
  }

  private mutating func note(_ end: ConnectHang) {
    causes.append(.timers(end))
    ends.append(end)
    let latest = end.timeToEnd.range?.latest ?? .seconds(Int64.max / 2)
    if decisive == nil || latest > longest {
      (decisive, longest) = (end, latest)
    }
    // What an attempt outlives, all outlive: those before it have gone by meanwhile.
    func later(_ before: Duration?, _ own: Duration?) -> Duration? {
      guard let before, let own, let begin = wait.next?.earliest else { return nil }
      return max(before, begin + own)
    }
    let limited = end.survivals.compactMap { $0 }
    let least = limited.min()
    let most = limited.count < end.survivals.count ? nil : limited.max()
    outlives = (later(outlives.least, least), later(outlives.most, most))
  }

  /// The same for each of so many addresses. The outage that is outlived stays that of one, as in a
  /// `GroupState`.
  mutating func multiply(by count: Int) {
    let own = timeToEnd
    for _ in 1..<max(count, 1) { wait.add(own) }
  }

  // MARK: Bounds

  /// How a bound of an objective stands; nil where it is about timers, and those did not decide.
  func status(_ kind: Objective.Kind, of objective: Objective)
    -> (ConnectVerdict.Status, outlives: Duration?)?
  {
    guard let wanted = objective[kind]?.time else { return nil }
    if kind != .within {
      guard !ends.isEmpty, !isOpen, !causes.contains(where: \.isMessage) else { return nil }
    }
    if case .unknown(let reason) = timeToEnd.ends { return (.unknown(because: reason), nil) }
    switch kind {
    case .within:
      guard timeToEnd.ends == .always, let latest = timeToEnd.range?.latest else {
        return (.missed, nil)
      }
      return (latest <= wanted ? .met : .missed, nil)
    case .survive: return survives(wanted)
    case .recover: return (recovers(objective, within: wanted), nil)
    }
  }

  /// How long after the outage that is to be outlived an attempt is answered at worst; nil where it
  /// is not outlived.
  func resumes(_ objective: Objective) -> Duration? {
    let times = recoveries(objective)
    return times.contains(nil) ? nil : times.compactMap { $0 }.max()
  }

  private func recoveries(_ objective: Objective) -> [Duration?] {
    ends.flatMap(\.courses).filter { $0.timeline.ends != .never }.map {
      $0.timeline.recovers(after: objective.survive?.time ?? .zero)
    }
  }

  private func survives(_ wanted: Duration) -> (ConnectVerdict.Status, outlives: Duration?) {
    guard timeToEnd.ends != .never, let least = outlives.least else { return (.met, nil) }
    if least >= wanted { return (.met, least) }
    if outlives.most.map({ $0 < wanted }) ?? false { return (.missed, least) }
    return (.unknown(because: "it depends on whether the neighbour still answers"), nil)
  }

  /// Whether an attempt is answered soon after the outage that the objective names.
  private func recovers(_ objective: Objective, within wanted: Duration) -> ConnectVerdict.Status {
    let isSoon = recoveries(objective).map { time in time.map { $0 <= wanted } ?? false }
    if isSoon.allSatisfy({ $0 }) { return .met }
    return isSoon.contains(true)
      ? .unknown(because: "it depends on whether the neighbour still answers") : .missed
  }
}

extension ConnectVerdict.Cause {
  fileprivate var isMessage: Bool { if case .message = self { true } else { false } }
}

extension ConnectResult {
  /// Whether a program would have waited: nothing answered it, or only after a while.
  var hangs: Bool {
    // Who was interrupted may have been about to get an answer.
    outcome.kind.isSilence ? !isInterrupted : outcome.kind == .unreachable && !isAtOnce
  }

  /// Whether timers of this host end it, not somebody's message.
  fileprivate var isByTimers: Bool {
    outcome.kind.isSilence || isDeadNeighbour && nextHop != nil
  }
}

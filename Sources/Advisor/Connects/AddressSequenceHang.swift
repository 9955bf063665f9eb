import Observations
import TCPModel

/// How long a program hangs that tries addresses in turn, or races them, put together from one after
/// the other.
struct AddressSequenceHang {
  private var wait: WaitForAddresses
  private(set) var isMeasured = true
  /// The options of the simulation; empty if they are those the attempts were made with.
  private(set) var options = SocketOptions()
  private(set) var causes: [Evidence.Attempt.Cause] = []
  /// What decides the longest wait.
  private(set) var decisive: ConnectHang?
  /// Whether one of the addresses is open: the program has not given up.
  private(set) var isOpen = false
  /// The longest outage that is survived.
  private(set) var survives = Estimate(.zero, .zero, because: doubt)
  private var ends: [ConnectHang] = []
  private var longest = Duration.zero
  /// When the program gives up all addresses together; nil if it does not.
  var total: Duration?

  var timeToEnd: TimeToEnd { total.map(wait.timeToEnd.limited) ?? wait.timeToEnd }
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

  /// Returns whether the neighbour was asked for already when it began: an earlier attempt's time
  /// is not to its credit.
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
    // What an attempt survives, all survive: those before it have gone by meanwhile.
    func later(_ before: Duration?, _ own: Duration?) -> Duration? {
      guard let before, let own, let begin = wait.next?.earliest else { return nil }
      return max(before, begin + own)
    }
    let limited = end.survivals.compactMap { $0 }
    let least = limited.min()
    let most = limited.count < end.survivals.count ? nil : limited.max()
    (survives.least, survives.most) = (later(survives.least, least), later(survives.most, most))
  }

  /// The same for each of so many addresses. The outage that is survived stays that of one, as in a
  /// `GroupState`.
  mutating func multiply(by count: Int) {
    let own = timeToEnd
    for _ in 1..<max(count, 1) { wait.add(own) }
  }

  // MARK: Bounds

  /// Returns how a bound of an objective stands; nil if it is about timers, and those did not
  /// decide.
  func status(of kind: Objective.Kind, _ objective: Objective) -> Finding.Status? {
    guard let bound = objective[kind]?.time else { return nil }
    if kind != .within {
      guard !ends.isEmpty, !isOpen, !causes.contains(where: \.isMessage) else { return nil }
    }
    return kind.status(of: estimate(of: kind, objective), bound: bound)
  }

  private func estimate(of kind: Objective.Kind, _ objective: Objective) -> Estimate {
    if case .unknown = timeToEnd.ends { return timeToEnd.estimate }
    return switch kind {
    case .within: timeToEnd.estimate
    case .survive: timeToEnd.ends == .never ? Estimate(nil) : survives
    case .recover: resumes(objective) ?? Estimate(.zero)
    }
  }

  /// Returns how long after the outage that is to be survived an attempt is answered at worst; nil
  /// if no attempt ends.
  func resumes(_ objective: Objective) -> Estimate? {
    let times = ends.flatMap(\.courses).filter { $0.timeline.ends != .never }.map {
      $0.timeline.recovers(after: objective.survive?.time ?? .zero)
    }
    if times.isEmpty { return nil }
    let known = times.compactMap { $0 }
    return Estimate(
      known.min(), known.count < times.count ? nil : known.max(), because: Self.doubt)
  }

  private static let doubt = "it depends on whether the neighbour still answers"
}

extension Evidence.Attempt.Cause {
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

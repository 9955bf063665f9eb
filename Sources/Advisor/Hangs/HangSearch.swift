import TCPModel

/// A search through suspects; those that are one to a reader are put together.
struct HangSearch {
  private let hang: ObservedHang
  private var found: [Entry] = []
  private(set) var below, above: HangCandidate?

  init(_ hang: ObservedHang) { self.hang = hang }

  /// What makes two candidates one.
  private struct Identity: Hashable {
    let scenario: Scenario
    let settings: Set<SettingValue>
    let options: SocketOptions
    let timers: ApplicationTimers
    let end: HangEnd.Kind

    init(of simulated: SimulatedSuspect, _ end: HangEnd) {
      let (experiment, timeline) = (simulated.suspect.experiment, simulated.timeline)
      scenario = experiment.scenario
      settings = Set(timeline.decisiveLimits.flatMap(\.settings))
      options = experiment.options.deciding(scenario)
      (timers, self.end) = (simulated.suspect.timers, end.kind)
    }
  }

  /// What differs between ways in which one thing happens.
  private struct Way: Hashable {
    let path: Path
    let receiverFate: ReceiverFate
    let neighbourEntry: NeighbourEntry
    let origin: HangCandidate.Likelihood

    init(of suspect: Suspect) {
      let experiment = suspect.experiment
      (path, receiverFate) = (experiment.path, experiment.receiverFate)
      (neighbourEntry, origin) = (experiment.neighbourEntry, suspect.origin.likelihood)
    }

    func differsInOriginAlone(from other: Way) -> Bool {
      path == other.path && receiverFate == other.receiverFate
        && neighbourEntry == other.neighbourEntry && origin != other.origin
    }
  }

  private struct Entry {
    /// Nil for what is no suspect.
    let suspect: (identity: Identity, way: Way)?
    var candidate: HangCandidate
  }

  /// What happens in several ways is shown in the one that fits best.
  var ranked: [HangCandidate] {
    var best: [HangCandidate] = []
    var shown: Set<Identity> = []
    for entry in found.sorted(by: { $0.candidate.isBetter(than: $1.candidate) }) {
      if let suspect = entry.suspect, !shown.insert(suspect.identity).inserted { continue }
      best.append(entry.candidate)
    }
    return best
  }
}

extension HangSearch {
  mutating func add(_ wait: KnownWait) {
    guard hang.errno.map(wait.errnos.contains) ?? true else { return }
    let end = HangEnd(kind: .giveUp, range: wait.range, errnos: wait.errnos)
    guard let fit = hang.fit(of: end) else { return }
    found.append(
      Entry(
        suspect: nil,
        candidate: HangCandidate(
          cause: .known(wait), likelihood: wait.likelihood, fit: fit, range: wait.range,
          errno: hang.errno ?? wait.errnos.first)))
  }

  mutating func add(_ simulated: SimulatedSuspect) {
    for end in simulated.ends where hang.errno.map(end.errnos.contains) ?? true {
      let candidate = HangCandidate(simulated, end, of: hang)
      if let fit = hang.fit(of: end) {
        add(candidate, of: simulated, end, fitting: fit)
      } else {
        note(candidate)
      }
    }
  }

  /// Puts together what differs in kernels alone; what is likelier is not widened by what is not.
  private mutating func add(
    _ candidate: HangCandidate, of simulated: SimulatedSuspect, _ end: HangEnd,
    fitting fit: HangCandidate.Fit
  ) {
    var candidate = candidate
    candidate.fit = fit
    let (identity, way) = (Identity(of: simulated, end), Way(of: simulated.suspect))
    let same = found.indices.filter { found[$0].suspect?.identity == identity }
    let likelier = same.filter {
      found[$0].suspect?.way.differsInOriginAlone(from: way) ?? false
        && !(fit < found[$0].candidate.fit)
    }
    if let index = same.first(where: { found[$0].suspect?.way == way }) {
      found[index].candidate.widen(by: candidate)
    } else if let index = likelier.first {
      found[index].candidate.takeKernels(of: candidate)
    } else {
      found.append(Entry(suspect: (identity, way), candidate: candidate))
    }
  }

  /// Keeps the nearest that do not fit.
  private mutating func note(_ candidate: HangCandidate) {
    if candidate.range.latest < hang.range.earliest {
      if below.map({ $0.range.latest < candidate.range.latest }) ?? true { below = candidate }
    } else if above.map({ $0.range.earliest > candidate.range.earliest }) ?? true {
      above = candidate
    }
  }
}

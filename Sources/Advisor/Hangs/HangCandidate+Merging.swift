import TCPModel

extension HangCandidate {
  /// One suspect's; whether and how it fits is left open.
  init(_ simulated: SimulatedSuspect, _ end: HangEnd, of hang: ObservedHang) {
    cause = .giveUp(GiveUp(simulated, end.kind))
    likelihood = Likelihood(of: simulated.suspect, end)
    (fit, range, documented) = (.inside, end.range, end.documented)
    errno = hang.errno ?? (end.kind == .giveUp ? end.errnos.first : nil)
  }

  /// Takes in another kernel's.
  mutating func widen(by other: HangCandidate) {
    guard case .giveUp(var mine) = cause, case .giveUp(let theirs) = other.cause else { return }
    (mine.suspect, mine.timeline) = (theirs.suspect, theirs.timeline)
    mine.takeKernels(of: theirs)
    cause = .giveUp(mine)
    fit = min(fit, other.fit)
    range = range.union(other.range)
    documented = [documented, other.documented].compactMap(\.self).min()
  }

  /// Takes in who does the same, and nothing else.
  mutating func takeKernels(of other: HangCandidate) {
    guard case .giveUp(var mine) = cause, case .giveUp(let theirs) = other.cause else { return }
    mine.takeKernels(of: theirs)
    cause = .giveUp(mine)
  }

  func isBetter(than other: HangCandidate) -> Bool {
    if fit < other.fit || other.fit < fit { return fit < other.fit }
    if likelihood != other.likelihood { return likelihood < other.likelihood }
    if takesStalledReader != other.takesStalledReader { return other.takesStalledReader }
    return range.latest - range.earliest < other.range.latest - other.range.earliest
  }
}

extension HangCandidate {
  /// Whether the peer must have stopped reading before it died, which is one thing more.
  private var takesStalledReader: Bool {
    guard case .giveUp(let giveUp) = cause else { return false }
    return giveUp.timeline.scenario.depends(on: .receiverFate)
  }
}

extension HangCandidate.GiveUp {
  fileprivate init(_ simulated: SimulatedSuspect, _ end: HangEnd.Kind) {
    (suspect, timeline, self.end) = (simulated.suspect, simulated.timeline, end)
    let isHost = suspect.origin == .thisHost
    (hosts, releases) = isHost ? (suspect.kernels, []) : ([], suspect.kernels)
    programs = if case .program(let program) = suspect.origin { [program] } else { [] }
  }

  fileprivate mutating func takeKernels(of other: Self) {
    hosts += other.hosts.filter { kernel in !hosts.contains { $0.release == kernel.release } }
    releases += other.releases
    programs += other.programs.filter { !programs.contains($0) }
  }
}

extension HangCandidate.Likelihood {
  fileprivate init(of suspect: Suspect, _ end: HangEnd) {
    if case .recovery = end.kind {
      self = .stall
    } else if suspect.experiment.scenario.definition.ending == .unreported {
      self = .unseen
    } else {
      self = suspect.origin.likelihood
    }
  }
}

extension Suspect.Origin {
  /// That of an end which a program is told of.
  var likelihood: HangCandidate.Likelihood {
    switch self {
    case .thisHost: .thisHost
    case .kernelDefault: .kernelDefault
    case .program: .knownProgram
    case .commonSetting: .commonSetting
    }
  }
}

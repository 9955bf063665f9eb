/// What the kernel does in a scenario, simulated over every phase of its timers.
package struct Timeline: Hashable, Sendable {
  package enum EventKind: String, CaseIterable, Sendable {
    case syn, synAck = "syn-ack", retransmission
    case lossProbe = "loss-probe", keepaliveProbe = "keepalive-probe"
    case windowProbe = "window-probe", neighbourProbe = "neighbour-probe", giveUp = "give-up"
    /// A segment that reaches the new owner of an address.
    case newOwner = "new-owner"
    /// A message of the program's own.
    case heartbeat

    /// Whether nothing comes after it.
    package var isEnd: Bool { self == .giveUp || self == .newOwner }
  }

  package struct Event: Hashable, Sendable {
    package var kind: EventKind
    package var range: TimeRange
    package init(_ kind: EventKind, _ range: TimeRange) { (self.kind, self.range) = (kind, range) }
  }

  /// One course of events; the phase decides which one it will be.
  package struct Branch: Hashable, Sendable {
    /// The share of phases that leads here; nil if branches of several round trips or ticks were
    /// put together, whose odds nobody knows.
    package var share: Double?
    package var events: [Event]
    /// How many of them come before the first that is left out because it only repeats; nil where all are
    /// there.
    package var listed: Int?
    /// The longest wait before each event, over all phases.
    package var waits: [Duration]
    /// The longest outage, beginning at the worst moment, that a connection of this branch outlives
    /// in every phase: the returned peer gets a segment and its answer comes in time.
    package var survives: Duration
    /// The errno of this branch, where that differs from branch to branch.
    package var errno: String?
    /// What came before, or what the peer did, where that makes a difference.
    package var circumstance: Circumstance?
    /// The first retransmission timeouts that lead here; nil if none decides.
    package var timeouts: TimeRange?
    /// What ends it; several where one fire meets several, or where the phase decides.
    package var endReasons: EndReasons = []

    package init(share: Double?, events: [Event], waits: [Duration], survives: Duration) {
      (self.share, self.events) = (share, events)
      (self.waits, self.survives) = (waits, survives)
    }

    /// When it ends: the range of its last event.
    package var range: TimeRange { events.last?.range ?? TimeRange(.zero, .zero) }
  }

  package enum Termination: Hashable, Sendable {
    case always, never, maybeNever
    case unknown(because: String)

    /// As outputs for programs spell it.
    package var name: String {
      switch self {
      case .always: "always"
      case .never: "never"
      case .maybeNever: "maybe-never"
      case .unknown: "unknown"
      }
    }
  }

  package var scenario: Scenario
  /// Sorted by their end; empty when it never ends or nobody knows.
  package var branches: [Branch]
  package var ends: Termination
  /// The events if every timer fired when it is due, as documentation has it; where the path has
  /// several first timeouts, after one of them.
  package var nominalEvents: [Event]
  /// Whether those speak for all: not where round trips or the peer lead to several.
  package var isNominalForAll = true
  package var effort = Effort()
  /// By how much what a rough `Precision` tells may be further than what is exact.
  package var uncertainty = Duration.zero
  /// The name of the errno that the program sees at the end; nil if there is none; several are
  /// joined by “or”.
  package var errno: String?
  /// The limits that may end it; those that do are its `decisiveLimits`.
  package var limits: [EndReason]
  /// When a live client that sends nothing is accepted; nil where that is at once.
  package var acceptance: DeferredAcceptance?
  /// The branches of an idle connection where the last that was heard of the peer is the answer to a probe,
  /// counted from when it came; nil where this makes no difference.
  package var afterAnswer: [Branch]?

  package init(
    _ scenario: Scenario, branches: [Branch], ends: Termination, nominalEvents: [Event],
    errno: String?, limits: [EndReason] = []
  ) {
    (self.scenario, self.branches, self.ends) = (scenario, branches, ends)
    (self.nominalEvents, self.errno, self.limits) = (nominalEvents, errno, limits)
  }

  /// Returns a scenario that nothing ends.
  package static func never(_ scenario: Scenario) -> Timeline {
    Timeline(scenario, branches: [], ends: .never, nominalEvents: [], errno: nil)
  }

  package static func unknown(_ scenario: Scenario, because reason: String) -> Timeline {
    Timeline(
      scenario, branches: [], ends: .unknown(because: reason), nominalEvents: [], errno: nil)
  }

  /// Returns what the program sees at the end of a branch; nil if that is no error.
  package func errno(of branch: Branch) -> String? {
    branch.events.last?.kind == .newOwner ? branch.errno : branch.errno ?? errno
  }

  /// From the earliest end to the latest, over all branches; nil if it does not end.
  package var range: TimeRange? { branches.lazy.map(\.range).union }

  /// When it ends if every wait is exact.
  package var nominalEnd: Duration? { nominalEvents.last?.range.latest }

  /// The nominal events as far as they may be shown: where they speak for all.
  package var exactEvents: [Event] { isNominalForAll ? nominalEvents : [] }
  package var exactEnd: Duration? { exactEvents.last?.range.latest }

  /// Returns when an event of a branch comes if every timer is exact; nil if exact timers lead to
  /// another course: a timer is late by an eighth of its wait at most, or a tick.
  package func exactTime(of event: Event, at index: Int) -> Duration? {
    exactTime(of: event.kind, at: index).flatMap { exact in
      event.range.earliest <= exact + exact / 7 + .milliseconds(20) ? exact : nil
    }
  }

  /// Returns when the event at a place comes if every timer is exact, whatever comes before it in a branch;
  /// nil if that is another kind of event, or nobody knows which: beyond those that are left out.
  package func exactTime(of kind: EventKind, at index: Int) -> Duration? {
    let isListed = index < listed ?? .max
    let exact =
      isListed ? exactEvents.dropFirst(index).first : kind.isEnd ? exactEvents.last : nil
    return exact?.kind == kind ? exact?.range.earliest : nil
  }

  /// How many events come before the first that a branch leaves out; nil where none does.
  package var listed: Int? { branches.compactMap(\.listed).min() }

  /// The longest outage that is outlived in every branch; nil if it does not end by itself.
  package var survives: Duration? { branches.map(\.survives).min() }

  /// The events of all branches, each with the range over the branches that have it.
  package var events: [Event] {
    var events: [Event] = []
    for branch in branches {
      for (index, event) in branch.events.dropLast().enumerated() {
        if index < events.count {
          events[index].range = events[index].range.union(event.range)
        } else {
          events.append(event)
        }
      }
    }
    if let range, let last = branches.first?.events.last { events.append(Event(last.kind, range)) }
    return events
  }
}

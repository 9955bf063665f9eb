/// A finding for which nobody has looked yet what would help.
struct ConnectDraft: Sendable {
  let finding: Finding
  /// Those of the target, of its address, and of the group that asks.
  let index, number, objective: Int
  /// What decides it.
  let end: ConnectHang?

  /// How many the program tries.
  var addresses: Int { finding.evidence.attempt?.addresses ?? 1 }

  private var order: (Int, Int, Int, Int) {
    (index, number, objective, finding.kindIndex)
  }

  static func comesBefore(_ one: Self, _ other: Self) -> Bool { one.order < other.order }
  static func mattersMore(_ one: Self, _ other: Self) -> Bool {
    one.finding.isMissed == other.finding.isMissed
      ? comesBefore(one, other) : one.finding.isMissed
  }
}

extension Finding {
  /// That of its bound among all kinds; 0 where it is about none.
  fileprivate var kindIndex: Int {
    guard case .bound(let kind) = subject else { return 0 }
    return Objective.Kind.allCases.firstIndex(of: kind) ?? 0
  }
}

/// Findings as they come: of many, those that matter most.
struct ConnectDrafts: Sendable {
  private let limit: Int?
  /// Where there is a limit, what matters more comes first.
  private var kept: [ConnectDraft] = []
  private(set) var count = 0
  private(set) var missed = 0
  private(set) var unknown = 0
  /// Names of those that have any.
  private(set) var profiles: Set<String> = []

  init(limit: Int?) { self.limit = limit }

  mutating func add(_ draft: ConnectDraft) {
    count += 1
    if draft.finding.isMissed { missed += 1 }
    if draft.finding.isUnknown { unknown += 1 }
    if !profiles.contains(draft.finding.profile) { profiles.insert(draft.finding.profile) }
    guard let limit else { return kept.append(draft) }
    if kept.count == limit {
      guard let last = kept.last, ConnectDraft.mattersMore(draft, last) else { return }
      kept.removeLast()
    }
    kept.insert(draft, at: kept.firstIndex { ConnectDraft.mattersMore(draft, $0) } ?? kept.endIndex)
  }

  /// In the order of the targets.
  var sorted: [ConnectDraft] { kept.sorted(by: ConnectDraft.comesBefore) }
}

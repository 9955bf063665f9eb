/// A verdict for which nobody has looked yet what would help.
struct ConnectDraft: Sendable {
  let verdict: ConnectVerdict
  /// Those of the target, of its address, and of the group that asks.
  let index, number, asker: Int
  /// What decides it.
  let end: ConnectHang?

  private var order: (Int, Int, Int, Int) {
    let kind = Objective.Kind.allCases.firstIndex(of: verdict.kind) ?? 0
    return (index, number, asker, kind)
  }

  static func comesBefore(_ one: Self, _ other: Self) -> Bool { one.order < other.order }
  static func mattersMore(_ one: Self, _ other: Self) -> Bool {
    one.verdict.isMissed == other.verdict.isMissed
      ? comesBefore(one, other) : one.verdict.isMissed
  }
}

/// Verdicts as they come: of many, those that matter most.
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
    if draft.verdict.isMissed { missed += 1 }
    if draft.verdict.isUnknown { unknown += 1 }
    if !profiles.contains(draft.verdict.profile) { profiles.insert(draft.verdict.profile) }
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

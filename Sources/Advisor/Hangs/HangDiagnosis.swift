/// What may have ended a wait that somebody saw, the likeliest first.
///
/// First what fits best; of equal fit in the order of `Likelihood`; of one likelihood a closed window
/// last, and else the narrowest range, which says most.
package struct HangDiagnosis: Sendable {
  package let hang: ObservedHang
  package let candidates: [HangCandidate]
  /// The nearest ends before and after, where nothing fits.
  package let below, above: HangCandidate?

  package init(
    of hang: ObservedHang, among suspects: [SimulatedSuspect],
    and known: [KnownWait] = KnownWait.all
  ) {
    var search = HangSearch(hang)
    for suspect in suspects { search.add(suspect) }
    for wait in known { search.add(wait) }
    self.hang = hang
    candidates = search.ranked
    (below, above) = candidates.isEmpty ? (search.below, search.above) : (nil, nil)
  }
}

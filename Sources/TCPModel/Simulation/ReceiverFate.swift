/// What becomes of a peer that keeps its window closed.
package enum ReceiverFate: Hashable, Sendable {
  /// It dies that long after the window closed; times count from the closing.
  case dies(after: Duration)
  /// It dies at the moment whose end comes latest; times count from the death.
  case diesAtWorstMoment
  /// It dies as it answers that probe, or the next one it answers; zero: with the acknowledgement
  /// that closes the window. Times count from there.
  case diesAnswering(probe: Int)
  /// It lives and never opens the window; times count from the closing.
  case survives
}

/// What becomes of a peer that keeps its window closed.
package enum Stall: Hashable, Sendable {
  /// It dies that long after the window closed; times count from the closing.
  case peerDies(after: Duration)
  /// It dies at the moment whose end comes latest; times count from the death.
  case peerDiesAtWorstMoment
  /// It dies as it answers that probe, or the next one it answers; zero: with the acknowledgement
  /// that closes the window. Times count from there.
  case peerDiesAnswering(probe: Int)
  /// It lives and never opens the window; times count from the closing.
  case peerLives
}

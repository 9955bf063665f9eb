/// What becomes of a peer that keeps its window closed.
package enum Stall: Hashable, Sendable {
  /// It dies that long after the window closed; times count from the closing.
  case peerDies(after: Duration)
  /// It dies at the moment whose end comes latest; times count from the death.
  case peerDiesAtWorstMoment
  /// It lives and never opens the window; times count from the closing.
  case peerLives
}

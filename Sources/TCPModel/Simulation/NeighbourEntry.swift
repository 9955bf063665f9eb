/// What a host knows of a neighbour when the attempt begins.
package enum NeighbourEntry: String, CaseIterable, Hashable, Sendable {
  /// Nothing, or that it could not be resolved: it is resolved before anything leaves.
  case none
  /// A link-layer address that nobody has confirmed of late (`NUD_STALE`): it is used, and asked.
  case stale
  /// A link-layer address that was confirmed just now (`NUD_REACHABLE`): it is used, and believed for
  /// a time that the kernel draws at random.
  case reachable
}

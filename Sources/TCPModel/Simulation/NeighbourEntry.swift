/// What a host knows of a neighbour when the attempt begins.
package enum NeighbourEntry: Hashable, Sendable {
  /// Nothing, or that it could not be resolved: it is resolved before anything leaves.
  case none
  /// A link-layer address that nobody has confirmed of late (`NUD_STALE`): it is used, and asked.
  case stale
}

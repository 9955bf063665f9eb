extension RouteNetlink {
  /// Adds a route; EEXIST where there is one to the same destination.
  package mutating func add(_ route: Route) throws(SystemCallError) {
    try change(
      .newRoute, [.create, .exclusive], on: "\(route.kind) to \(route.destination)",
      fixedPart: route.message, route.add)
  }

  /// Removes a route; ESRCH where there is none.
  package mutating func remove(_ route: Route) throws(SystemCallError) {
    try change(
      .deleteRoute, on: "\(route.kind) to \(route.destination)", fixedPart: route.message,
      route.add)
  }
}

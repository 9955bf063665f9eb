extension FuzzTarget {
  /// All there are; each has a file of its own, and its inputs a folder of its name in `Tests/Corpus`.
  package static let all: [FuzzTarget] =
    files + [
      probeTargets, targetLists, values, hostTexts, netlink, sockets, packets, experiments,
      judgements,
      pages, emissions,
    ]

  private static let files: [FuzzTarget] =
    [profiles, grids, dumps, trees, snapshots, fleets, fleetRules, inventories, histories] + lint
}

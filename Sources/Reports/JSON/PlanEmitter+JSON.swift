extension PlanEmitter {
  /// The target as `emit --list` tells it.
  package var json: JSON {
    [
      "name": .string(name), "summary": .string(summary), "part": .string(part.rawValue),
      "group": .string(group.rawValue),
      "files": .array(fileNames(for: "PROFILE").map(JSON.string)), "omits": .text(omission),
      "proved_with": .text(provedWith),
    ]
  }
}

import Advisor

/// The format of rules for fleets as tables.
enum FleetFormat {
  static let rules = RecordSchema(
    "rules",
    [
      Field("schema", .version, "The version of the format: 1."),
      Field("rules", .maps(rule), "Which profiles hosts are to meet: the first that fits counts."),
      Field("groups", .map(RecordSchema("groups", [])), "The hosts of each group, names or globs."),
    ])

  static let rule = RecordSchema(
    "rule",
    [
      Field("hosts", .list(.text), "Names of hosts, or globs; left out, every host."),
      Field("groups", .list(.text), "Groups that a host is in one of; left out, any or none."),
      Field("kernels", .text, "A release, or a range such as 5.10..6.1; left out, every kernel."),
      Field(
        "profiles", .list(.profile([])), "Built-in profiles or paths, all of which are to be met."),
    ])
}

import Advisor

extension JSONSchema {
  static let fleet: [Field] = [
    Field("hosts_judged", .count, "Those about which nothing could be told included."),
    Field("hosts_missed", .count, "Those that miss something."),
    Field(
      "hosts_unknown", .count,
      "Those about which something could not be told, and that miss nothing."),
    Field("hosts_unreadable", .count, "Captures of which nothing could be made."),
    Field(
      "hosts_assuming_defaults", .count,
      "Those of which a key that decides was not captured, and is taken to have its default."),
    Field("hosts_doubled", .count, "Captures of a host that was captured before."),
    Field("hosts_without_rule", .count, "Those that no rule fits, where there are rules."),
    Field("hosts_without_group", .count, "Those in no group, where there are groups."),
    Field("namespaces_not_entered", .count, "Those that could not be captured."),
    Field("unreadable", .list(of: captureTrouble), "The first thousand of them."),
    Field(
      "obstacles",
      .list(of: [Field("reason", .text, "Why nothing could be told.")] + hostTally),
      "Why hosts could not be judged."),
    Field(
      "kernels",
      .list(of: [
        Field("kernel", .textOrNull, "The first two numbers; null if captures do not say."),
        Field("hosts", .count, "How many run it."),
        Field("missed", .count, "How many of them miss something."),
      ]), "In their order."),
    Field(
      "causes",
      .list(
        of: [
          Field(
            "id", .text, "Stable: that of the finding, with @ and the aspect if it is not the host."
          ),
          Field("aspect", words(of: FleetFinding.Aspect.self), "What of the hosts is concerned."),
          Field("profile", .text, "The profile that asks for it."),
          Field("connections", .text, "The group of connections, or the profile."),
          Field("scenario", .textOrNull, "The scenario; null if none is concerned."),
          Field("objective", .textOrNull, "The bound; null if it is none."),
          Field("status", .words(Finding.Status.names), "Missed or unknown."),
          Field("severity", words(of: Finding.Severity.self), "Only errors are misses."),
          Field("reason", .text, "What happens on one of the hosts."),
          Field("remedy", .textOrNull, "What helps there; null if nothing is known."),
          Field(
            "settings",
            .list(of: [
              Field("key", .text, "A sysctl."),
              Field("from", .textOrNull, "What these hosts have; null where a default is assumed."),
              Field("to", .text, "What the plan has."),
            ]), "The sysctls that differ from the plan, or from the host; empty where none helps."),
          Field(
            "namespaces",
            .orNull(
              .object([
                Field("count", .count, "How many there are on these hosts."),
                Field("set_on_host", .boolean, "Whether the host meets what is missed in them."),
              ])), "Null if it is about none."),
          Field("connections_of", .orNull(.object(connections)), "Null if it is about none."),
        ] + hostTally), "What counts first, then what concerns most hosts."),
    Field(
      "plans",
      .list(of: [
        Field("profile", .text, "The profiles, joined by +."),
        Field("kernels", .list(.text), "The releases that it is for."),
        Field("hosts", .count, "How many run them."),
        Field(
          "sysctls",
          .list(of: [Field("key", .text, "A sysctl."), Field("value", .text, "Its value.")]),
          "In the order of keys."),
        Field(
          "leaves",
          .list(of: [
            Field("id", .text, "That of a finding."),
            Field("hosts", .count, "How many miss it still."),
          ]), "What is missed with the plan in place."),
      ]), "One for all kernels where one is right for all."),
    Field("drift", .list(of: drift), "What hosts that --by makes a group of do not have alike."),
    Field(
      "outliers", .list(of: drift), "What few hosts have otherwise than nearly all of their kernel."
    ),
    Field(
      "changes",
      .orNull(
        .object([
          Field("worse", changed, "Hosts that miss something that they did not miss."),
          Field("better", changed, "Hosts that meet something that they missed."),
          Field("new", changed, "Hosts that were not there."),
          Field("gone", changed, "Hosts that are no longer there."),
          Field("unreadable", changed, "Hosts whose captures can no longer be read."),
        ])), "Since the run that --since names; null without one."),
  ]

  static let fleetHost: [Field] = [
    Field("host", .text, "Its name."),
    Field("source", .text, "The file, of a stream with the line."),
    Field("kernel", .textOrNull, "The release; null if the capture does not say."),
    Field("profile", .text, "What it is held against."),
    Field("groups", .list(.text), "Those it is in."),
    Field("status", words(of: FleetVerdict.Status.self), "How it stands."),
    Field("missed", .list(.text), "By ids of findings."),
    Field("unknown", .list(.text), "By ids of findings."),
    Field("reason", .textOrNull, "Why nothing could be told; null where something could."),
    Field("assumed", .list(.text), "The keys that decide and are taken to have their defaults."),
  ]

  static let unreadableCapture: [Field] = [
    Field("source", .text, "The file, of a stream with the line."),
    Field("reason", .text, "Why nothing can be made of it."),
  ]

  private static let connections: [Field] = [
    Field("process", .textOrNull, "The program; null if it is not known."),
    Field("peer", words(of: CapturedConnections.Kind.Peer.self), "What they lead to."),
    Field("port", countOrNull, "Of the host for clients, else of the server; null for many."),
    Field("count", .count, "How many there are on these hosts."),
    Field("set_by_program", .orNull(.map(.anything)), "Null if the options are not known."),
    Field("both_ends_here", .boolean, "Whether the other ends are on the same host."),
  ]

  private static let captureTrouble: [Field] = [
    Field("file", .text, "The file, of a stream with the line."),
    Field("reason", .text, "Why nothing can be made of it."),
  ]

  private static let hostTally: [Field] = [
    Field("hosts", .count, "How many."),
    Field(
      "kernels",
      .list(of: [
        Field("kernel", .textOrNull, "The first two numbers; null if captures do not say."),
        Field("hosts", .count, "How many of them run it."),
      ]), "What most run first."),
    Field("examples", .list(.text), "The first three by name."),
  ]

  private static let drift: [Field] = [
    Field("group", .textOrNull, "Null: all hosts."),
    Field("key", .text, "A sysctl."),
    Field("hosts", .count, "How many are in the group."),
    Field("is_cut", .boolean, "Whether there are more values than are told apart."),
    Field(
      "values",
      .list(of: [Field("value", .textOrNull, "Null: the capture says nothing.")] + hostTally),
      "What most have first."),
  ]

  private static let changed: JSONSchema = .object([
    Field("count", .count, "How many."),
    Field(
      "hosts",
      .list(of: [
        Field("host", .text, "Its name."), Field("ids", .list(.text), "What it is about."),
      ]),
      "The first thousand."),
  ])
}

import TCPModel

extension JSONSchema {
  /// When something is, at least and at most.
  static let range: [Field] = [
    Field("earliest_seconds", .seconds, "Seconds from the start, at least."),
    Field("latest_seconds", .seconds, "Seconds from the start, at most."),
  ]

  /// When a scenario ends, flat in the object that speaks of it.
  static let timeToEnd: [Field] = [
    Field(
      "earliest_seconds", secondsOrNull,
      "Seconds until the end, at least; null if it never ends or nobody knows."),
    Field(
      "latest_seconds", secondsOrNull, "Seconds until the end, at most; null if it may not end."),
    Field("ends", .words(Timeline.Termination.names), "Whether it ends."),
    Field("ends_because", textOrNull, "Why nobody knows; null otherwise."),
  ]

  /// The same where nothing may be said of an end.
  static let timeToEndOrNull: [Field] = [
    Field("earliest_seconds", secondsOrNull, "Seconds until the end, at least."),
    Field("latest_seconds", secondsOrNull, "Seconds until the end, at most."),
    Field(
      "ends", orNull(.words(Timeline.Termination.names)), "Whether it ends; null if it is no time."),
    Field("ends_because", textOrNull, "Why nobody knows; null otherwise."),
  ]

  static let end = defined(Definition("end", "When a scenario ends.", timeToEnd))
  static let always = words([Timeline.Termination.always.name])

  private static let eventFields: [Field] =
    [
      Field("kind", .words(of: Timeline.EventKind.self), "What happens."),
      Field("ends", always, "It always comes."),
    ] + range

  private static let nominal = Field(
    "nominal_seconds", secondsOrNull,
    "The same with every wait exact, as documentation adds it up; null if there is no such sum.")
  private static let survives = Field(
    "survives_seconds", secondsOrNull,
    "The longest outage that a connection outlives, in seconds; null if none is or none limits it.")

  private static let branch = defined(
    Definition(
      "branch", "One course of events; the phase of timers decides which one it will be.",
      [
        Field(
          "share", orNull(.numbers(0...1)),
          "The share of phases that lead here; null if nobody knows."),
        Field(
          "circumstance", orNull(.words(of: Timeline.Circumstance.self)),
          "What the client's last acknowledgement did, or what was heard of the peer last, where that decides."
        ),
        Field("shortest_rto_seconds", secondsOrNull, "The first retransmission timeout, at least."),
        Field("longest_rto_seconds", secondsOrNull, "The first retransmission timeout, at most."),
        Field("ends", always, "A branch always ends."),
        survives,
        Field(
          "events", .list(of: eventFields),
          "In the order of time; the last is the end. Those that only repeat may be left out."),
      ] + range))

  static let accepted = orNull(
    defined(
      Definition(
        "accepted", "When a deferring listener accepts a live client that sends nothing.",
        range + [Field("timeouts", .count, "Timeouts of the SYN-ACK until then.")])))

  /// What the kernel does in a scenario.
  static let timeline: [Field] =
    [
      Field("scenario", scenario, "The scenario."),
      Field("errno", orNull(errno), "What the program is told; null if nothing."),
      nominal, survives,
      Field(
        "events", .list(of: eventFields + [nominal]),
        "Each from its earliest to its latest time in all branches; those that only repeat may be left out."
      ),
      Field("branches", .list(branch), "Sorted by their ends; empty if nothing ends."),
      Field("accepted", accepted, "Null but for a listener with TCP_DEFER_ACCEPT."),
    ] + timeToEnd

  /// With what a scenario is simulated or measured.
  static let experiment: [Field] = [
    Field("family", family, "The address family."),
    Field("options", socketOptions, "The options that the socket sets."),
    Field("sysctls", sysctls, "The values that decide, as /proc/sys prints them."),
    Field(
      "after_death_seconds", secondsOrNull,
      "How long the peer's window was closed before it died; null where that plays no part."),
    Field(
      "neighbour_entry", orNull(.words(of: NeighbourEntry.self)),
      "What the neighbour table has; null where that plays no part."),
    Field(
      "client", orNull(.words(of: ClientActivity.self)),
      "What the client does; null where that plays no part."),
  ]
}

import Advisor
import Observations
import TCPModel

extension JSONSchema {
  /// A case played live and held against the model.
  static let measurement = defined(
    Definition(
      "measurement", "A case played live and held against the model.",
      experiment + [
        Field("scenario", scenario, "The scenario."),
        Field("settings", phase, "Those of today, or those of the plan."),
        Field("connections", .text, "The group of connections, or the scenario."),
        Field("segments", .count, "Segments in flight."),
        Field("measured_seconds", secondsOrNull, "When it ended; null if that was not seen."),
        Field("last_seen_seconds", secondsOrNull, "When something was last seen."),
        Field("errno", orNull(errno), "What the program was told; null if nothing."),
        Field("status", .words(Comparison.Status.names), "Whether the model holds."),
        Field("run_again", .count, "How often it was run again by itself."),
        Field("outage_seconds", secondsOrNull, "Until the peer answers again; null if never."),
        Field("resumed_after_seconds", secondsOrNull, "When traffic resumed; null if it did not."),
        Field("middlebox", orNull(box), "The device on the path; null if there is none."),
        Field("k_of_n", .pattern("^[0-9]+ of [0-9]+$"), "How many of how many events were seen."),
        Field("rehearsal", .boolean, "Whether it is the same case with short times."),
        Field("reason", textOrNull, "Why it is outside or was not run; null otherwise."),
        Field("place", textOrNull, "Where it was run."),
        Field("not_copied", .map(.text), "Sysctls that the sandbox refused, with the errno."),
        Field(
          "events",
          .list(of: [
            Field("kind", .words(of: Timeline.EventKind.self), "What was seen."),
            Field("measured_seconds", .seconds, "Seconds from the start."),
          ]), "What was seen, in the order of time."),
      ] + timeToEnd))

  private static let box = defined(
    Definition(
      "forgetting_box", "A device that forgets a silent connection.",
      [
        Field("name", textOrNull, "Its name in the profile."),
        Field("forgets_after_seconds", .seconds, "The silence that it remembers."),
        Field("on_expiry", .words(of: ForgettingBox.Expiry.self), "What it does then."),
        Field("tcp_keepalive_counts", .boolean, "Whether keepalive probes keep it awake."),
        Field("lost_probes", .count, "Segments that are lost on the way to it."),
      ]))

  static let measured: [Field] = [
    Field("measurements", .list(measurement), "In the order of their cases."),
    Field(
      "left_out",
      .list(of: [
        Field("setting", .text, "A setting that this kernel does not have."),
        Field("cases", .count, "How many cases of the grid need it."),
      ]), "What was not run."),
  ]

  static let facts: [Field] = [
    Field(
      "facts",
      .list(of: [
        Field("id", .text, "Its name."),
        Field("expected", textOrNull, "The steps with what should come; null if nobody knows."),
        Field("seen", textOrNull, "The steps with what came; null if they were not run."),
        Field("same", orNull(.boolean), "Whether these are the same; null if nobody can say."),
        Field("reason", textOrNull, "Why nobody can say; null otherwise."),
      ]), "What sockets do on the running kernel.")
  ]

  /// The report on a host.
  static let advice: [Field] = [
    Field("profiles", .list(.text), "The names of the profiles."),
    Field("scenarios", .list(forecast), "How long until the kernel gives up."),
    Field("findings", findings, "The objectives held against the host."),
    Field("planned_findings", findings, "The same with the plan carried out."),
    Field("measurements", .list(measurement), "What was played live."),
    Field("plan", plan, "What to change."),
    Field("surroundings", surroundings, "What the plan meets on the host."),
    Field("confinement", confinement, "What the tool gave up before it read anything."),
  ]

  private static let forecast = defined(
    Definition(
      "forecast", "When a scenario ends for a group of connections.",
      timeline + [
        Field("settings", phase, "Those of today, or those of the plan."),
        Field("connections", .text, "The group of connections."),
        Field("basis", .text, "What the program is taken to set."),
        Field("application", application, "The program's own times that play a part."),
      ]))

  private static let confinement = defined(
    Definition(
      "confinement", "What the tool gave up before it read anything.",
      [
        Field("rights", .list(.text), "What it kept the right to do."),
        Field("capabilities_kept", .list(.text), "The capabilities that it kept."),
        Field("capabilities_dropped", .list(.text), "Those it had before."),
        Field("no_new_privs", .boolean, "Whether no program that it starts gets more rights."),
        Field("seccomp", .boolean, "Whether system calls that it does not need are refused."),
        Field(
          "landlock_version", countOrNull, "The version of Landlock; null if that guards no files."),
        Field("failures", .list(.text), "What the kernel did not let it give up: call and errno."),
      ]))

  private static let surroundings = defined(
    Definition(
      "surroundings", "What the plan meets on the host.",
      [
        Field(
          "overrides",
          .list(of: [
            Field("file", .text, "The file."),
            Field("line", countOrNull, "The line; null if the owner has none."),
            Field("key", .text, "The key."),
            Field("value", textOrNull, "Its value there; null if it only takes the plan's away."),
            Field("owner", textOrNull, "The program that applies it; null for sysctl files."),
          ]), "What would override the plan at boot."),
        Field(
          "loader_masked_by", textOrNull,
          "The file that keeps systemd from applying drop-ins at boot; null if none does."),
        Field("unread_files", .map(errno), "Files that could not be read, with the errno."),
        Field("processes_in_other_namespaces", .count, "Processes that the plan does not reach."),
        Field("other_namespaces", .count, "Network namespaces that they live in."),
        Field("processes_unseen", .count, "Processes whose namespace this user may not inspect."),
      ]))
}

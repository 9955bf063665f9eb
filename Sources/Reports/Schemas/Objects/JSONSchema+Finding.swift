import Advisor
import TCPModel

extension JSONSchema {
  static let status = words(Finding.Status.names)
  static let objective = words(of: Objective.Kind.self)
  static let phase = words(of: PlanPhase.self)

  /// A requirement held against a host or a socket.
  static let finding: [Field] =
    [
      Field("id", .text, "Its name, the same in every run, such as pool.idle.within."),
      Field("kind", .words(of: Finding.Kind.self), "What kind of requirement it is."),
      Field("severity", .words(of: Finding.Severity.self), "How much a miss matters."),
      Field("profile", textOrNull, "The profile that requires it; null for what is on files."),
      Field("connections", textOrNull, "The group of connections, or the profile; null on files."),
      Field("rule", orNull(lintRuleID), "The rule of lint, such as TA012; null for other kinds."),
      Field("key", textOrNull, "The sysctl that it is about; null if it is about no single one."),
      Field("scenario", orNull(scenario), "The scenario; null if it is about none."),
      Field(
        "objective", orNull(objective), "What is required of it; null for other kinds."),
      Field("basis", .text, "What the program is taken to set."),
      Field("application", application, "The program's own times that play a part."),
      Field("status", status, "Whether it holds."),
      Field("wanted_seconds", secondsOrNull, "The time that is required; null if it is no time."),
      Field("wanted", .text, "What is required, in words."),
      Field("reason", .text, "What is, in words."),
      Field("remedy", textOrNull, "What would make it hold; null if nothing is known or needed."),
      Field("survives_seconds", secondsOrNull, "The longest outage survived; null if not limited."),
      Field("place", .text, "Where it is required: file, line and column."),
    ] + timeToEndOrNull

  static let findings = list(
    defined(Definition("finding", "A requirement held against a host or a socket.", finding)))

  /// An attempt to connect held against a profile.
  static let verdict = defined(
    Definition(
      "verdict", "An attempt to connect held against a profile.",
      [
        Field("profile", .text, "The profile."),
        Field("connections", .text, "The group of connections."),
        Field("address", .text, "The address with its port, or the name."),
        Field("addresses", .atLeast(1), "How many the program tries, all of them counted."),
        Field("objective", objective, "What is required."),
        Field("wanted_seconds", .seconds, "The time that is required."),
        Field("status", status, "Whether it holds."),
        Field("measured", .boolean, "Whether the time was seen; else the model says it."),
        Field("options", socketOptions, "What the program sets, where the attempt did not."),
        Field(
          "survives_seconds", secondsOrNull,
          "The longest outage survived; null if not asked or limited."),
        Field("resumes_seconds", secondsOrNull, "Until traffic resumes; null if not asked."),
        Field("reason", .text, "What is, in words."),
        Field("decided_by", .list(.text), "What decides it."),
        Field("remedy", textOrNull, "What would make it hold; null if nothing is known or needed."),
        Field("remedies", .list(remedy), "The same part by part; each alone helps."),
        Field(
          "unseen", .list(.words(of: ConnectionGroup.Match.Field.self)),
          "What the group's match asks and a probe does not show."),
      ] + timeToEnd))

  private static let remedy = defined(
    Definition(
      "remedy", "A change, and with it when the attempt ends where that is known.",
      either(changes.flatMap { [object($0), object($0 + timeToEnd)] })))

  private static let changes: [[Field]] = [
    [Field("deadline_seconds", .seconds, "The program's own limit for one address.")],
    [
      Field("option", .text, "A socket option."),
      Field("value", .integer, "The value to set, in the option's unit."),
    ],
    [
      Field("sysctl", .text, "A sysctl."),
      Field("value", either([.integer, .text]), "The value to set."),
    ],
    [
      Field("scenario", scenario, "A scenario of the profile."),
      Field("objective", objective, "What to require of it instead."),
    ],
  ].map { $0 + [Field("text", .text, "The change in words.")] }
}

import Advisor
import TCPModel

extension JSONSchema {
  /// What to change so that the objectives hold.
  static let plan = defined(
    Definition(
      "plan", "What to change so that the objectives hold.",
      [
        Field("sysctls", .list(of: sysctlChange), "For the host."),
        Field("socket_options", .list(of: optionChange), "For the program."),
        Field("deadlines", .list(of: deadline), "For the program to keep by itself."),
        Field(
          "side_effects", .list(either([object(sideEffect), object(sideEffect + outages)])),
          "What the changes do besides."),
        Field("contradictions", .list(of: contradiction), "What cannot be met."),
        Field("not_searched", .list(of: unsearched), "What the search did not come to."),
      ]))

  private static let connections = Field("connections", .text, "The group of connections.")
  private static let scenarioField = Field("scenario", scenario, "The scenario.")
  private static let why = Field("why", .text, "The reason, with before and after.")
  private static let middlebox = Field(
    "middlebox", textOrNull, "The device on the path that bounds the number; null if none does.")
  private static let effects = Field(
    "effects",
    .list(of: [
      connections, scenarioField, Field("basis", .text, "What the program is taken to set."),
      Field("before", end, "When it ends today."), Field("after", end, "When it ends then."),
    ]), "What it does for each objective.")

  private static let sysctlChange: [Field] = [
    Field("key", .text, "The key, with dots."),
    Field("from", textOrNull, "The value today; null if it could not be read."),
    Field("to", .text, "The value to set."),
    why, middlebox,
    Field("takes_effect", textOrNull, "When the change reaches what is running."),
    effects,
  ]

  private static let optionChange: [Field] = [
    connections,
    Field("option", .text, "The socket option."),
    Field("from", orNull(.integer), "The value today; null if the program does not set it."),
    Field("value", .integer, "The value to set, in the option's unit."),
    Field("when", .words(of: Plan.Moment.self), "When to set it."),
    why, middlebox, effects,
  ]

  private static let deadline: [Field] = [
    connections, scenarioField,
    Field("seconds", .seconds, "After so long the program gives up by itself."),
    Field("addresses", .count, "For how many addresses together."),
    why,
  ]

  private static let sideEffect: [Field] = [
    connections, scenarioField, why,
    Field("before", orNull(end), "When it ends today; null if that is not the point."),
    Field("after", orNull(end), "When it ends then; null if that is not the point."),
  ]

  private static let outages: [Field] = [
    Field("survives_before_seconds", secondsOrNull, "The longest outage survived today."),
    Field("survives_after_seconds", secondsOrNull, "The longest outage survived then."),
  ]

  private static let contradiction: [Field] = [
    connections, Field("why", .text, "Why it cannot be met."),
    Field(
      "demands",
      .list(of: [
        Field("demand", .text, "What is required."),
        Field("place", .text, "Where: file, line and column."),
        Field("needs", textOrNull, "What it would take; null if that is the demand itself."),
      ]), "What stands against each other."),
  ]

  private static let unsearched: [Field] = [
    connections, Field("scenarios", .list(scenario), "The scenarios."),
    Field("why", .text, "Why not."),
  ]
}

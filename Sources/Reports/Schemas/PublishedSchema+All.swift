import Advisor
import TCPModel

extension PublishedSchema {
  /// Of every command, then of lines and errors.
  package static let all: [PublishedSchema] = [
    advise, check, emit, explain, files, fleet, fleetLine, lint, manual, measure, probe, profiles,
    schema,
    snapshot, sockets,
    probeLine, socketsLine, error,
  ]

  private static let advise = PublishedSchema("advise", "the report on a host") {
    $0.answer(about: .host, JSONSchema.advice)
  }

  private static let check = PublishedSchema("check", "objectives held against a host") {
    $0.answer(
      about: .host,
      [
        .init("settings", JSONSchema.phase, "Those of today, or those of the plan."),
        .init(
          "findings",
          .list(
            of: JSONSchema.finding + [
              .init(
                "set_by", .list(JSONSchema.briefStanding),
                "What sets the sysctls that would have to change.")
            ]), "In the order of the profiles."),
        .init(
          "boot", .orNull(JSONSchema.judgedBoot), "The files of the boot; null if not looked at."),
      ])
  }

  private static let emit = PublishedSchema("emit", "what a profile needs, or the targets") {
    .either([$0.answer(JSONSchema.emitted), $0.answer(as: "emit --list", JSONSchema.targets)])
  }

  private static let explain = PublishedSchema(
    "explain", "a scenario, an outcome, a sysctl, a socket option, a rule, or a wait"
  ) { schema in
    let host = JSONSchema.Field("host", .host, "The settings that it was explained with.")
    let settings: [[JSONSchema.Field]] = [
      [
        .init("sysctl", .either([.sysctlExplanation, .retiredSysctl, .otherSysctl]), "The sysctl.")
      ],
      [.init("option", .optionExplanation, "The socket option.")],
    ]
    let several: [[JSONSchema.Field]] = [
      [
        .init(
          "timelines", .list(of: JSONSchema.scenarioExplanation + [host]),
          "The scenario under each kernel and for each family.")
      ],
      [
        .init(
          "explanations", .list(.either(settings.map { .object($0 + [host]) })),
          "The setting under each kernel.")
      ],
    ]
    let ofHost = settings + several + [JSONSchema.scenarioExplanation, JSONSchema.outcome]
    return .either(
      ofHost.map { schema.answer(about: .host, $0) } + [
        schema.answer(about: .hostOrNull, JSONSchema.hang),
        schema.answer(JSONSchema.topics),
        schema.answer([.init("rule", JSONSchema.lintRule, "The rule of lint.")]),
      ])
  }

  private static let files = PublishedSchema("files", "which file and line sets a sysctl") {
    $0.answer(about: .hostOrNull, JSONSchema.standings)
  }

  private static let fleet = PublishedSchema("fleet", "many hosts held against profiles") {
    $0.answer(JSONSchema.fleet)
  }

  private static let lint = PublishedSchema("lint", "mistakes in files that set sysctls") {
    .either([
      $0.answer(JSONSchema.lint),
      $0.answer(
        as: "lint --rules", [.init("rules", .list(JSONSchema.lintRule), "In the order of ids.")]),
    ])
  }

  private static let manual = PublishedSchema("manual", "a page of the manual") {
    $0.answer([
      .init(
        "page",
        .object([
          .init("name", .text, "What man(1) calls it."),
          .init("section", .count, "The section of the manual."),
          .init("text", .text, "In the language of mdoc(7)."),
        ]), "The page.")
    ])
  }

  private static let measure = PublishedSchema("measure", "cases played live") {
    .either([
      $0.answer(about: .host, JSONSchema.measured), $0.answer(about: .host, JSONSchema.facts),
    ])
  }

  private static let probe = PublishedSchema("probe", "attempts to connect") {
    .either([
      $0.answer(about: .host, JSONSchema.probe),
      $0.answer(about: .host, JSONSchema.reconnect),
    ])
  }

  private static let profiles = PublishedSchema("profiles", "profiles and known programs") {
    schema in
    .either(JSONSchema.profiles.map { schema.answer(as: "profiles \($0.word)", $0.fields) })
  }

  private static let schema = PublishedSchema("schema", "the published schemas, or one of them") {
    .either([
      $0.answer(JSONSchema.schemas),
      $0.answer([.init("schema", .map(.anything), "A JSON Schema.")]),
    ])
  }

  private static let snapshot = PublishedSchema("snapshot", "the settings of a host") {
    $0.answer(about: .host, JSONSchema.snapshot)
  }

  private static let sockets = PublishedSchema("sockets", "the TCP sockets of a host") {
    $0.answer(about: .host, JSONSchema.sockets)
  }

  // A line is known by its `type`, and does not repeat which schema it is of.

  private static let probeLine = PublishedSchema(
    "probe-line", "a line of `probe --format jsonl`"
  ) { _ in
    .either([
      line("result", JSONSchema.resultFields), line("name", JSONSchema.nameFields),
      line(
        "summary",
        JSONSchema.probeSummary + [
          .init("modelled_on", .orNull(.kernel), "The kernel; null if nobody knows.")
        ]),
    ])
  }

  private static let socketsLine = PublishedSchema(
    "sockets-line", "a line of `sockets --format jsonl`"
  ) { _ in
    .either([
      line("socket", JSONSchema.socketFields), line("namespace", JSONSchema.namespaceFields),
    ])
  }

  private static let fleetLine = PublishedSchema(
    "fleet-line", "a line of `fleet --format jsonl`"
  ) { _ in
    .either([
      line("host", JSONSchema.fleetHost), line("unreadable", JSONSchema.unreadableCapture),
    ])
  }

  private static func line(_ type: String, _ fields: [JSONSchema.Field]) -> JSONSchema {
    .object(fields + [.init("type", .words([type]), "What the line is about.")])
  }

  /// What every command prints where there is no answer.
  package static let error = PublishedSchema("error", "why there is no answer") { schema in
    .object([
      .init("$schema", .words([schema.id]), "The schema of this object."),
      .init("error", .text, "What was wrong."),
    ])
  }
}

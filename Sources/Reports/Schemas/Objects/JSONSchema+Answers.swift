import Advisor
import TCPModel

extension JSONSchema {
  private static let profileName = Field("name", .text, "Its name.")

  /// Each subcommand of `profiles`.
  static let profiles: [(word: String, fields: [Field])] = [
    (
      "list",
      [
        Field(
          "profiles",
          .list(of: [profileName, Field("summary", .text, "What it is for.")]), "Those built in.")
      ]
    ),
    ("show", [profileName, Field("text", .text, "The profile as it is written.")]),
    ("schema", [Field("schema", .map(.anything), "The JSON Schema of profiles.")]),
    ("software", [Field("software", .list(program), "The programs, or the one that was named.")]),
    (
      "validate",
      [
        Field(
          "profiles",
          .list(of: [
            Field("file", .text, "As it was named."), profileName,
            Field(
              "valid", .boolean, "Always true: the first that is not ends in an error."),
          ]), "What was read.")
      ]
    ),
  ]

  private static let program = defined(
    Definition(
      "program", "A known program.",
      [
        Field("name", .text, "As `software` in a profile names it."),
        Field("summary", textOrNull, "What it is."),
        Field("direction", .words(of: ConnectionGroup.Direction.self), "Who connects."),
        Field("processes", .list(.text), "What its processes are called."),
        Field("sets", socketOptions, "The options that it sets by itself."),
        Field("can_set", orNull(.list(.text)), "The options that it can be told; null is all."),
        Field("single_user_timeout", .boolean, "Whether its user timeout holds while it connects."),
        Field("application", application, "The times that it keeps."),
        Field(
          "only_lowers", .boolean, "Whether its numbers hold only where the host's are greater."),
        Field(
          "closes_unused",
          orNull(
            .object([
              Field("name", .text, "The setting that decides it."),
              Field("after_seconds", .number, "After how long."),
            ])), "When it closes a connection that it does not use; null if never."),
        Field(
          "follows_keepidle",
          orNull(
            .object([
              Field(
                "TCP_KEEPINTVL", .text, "A number, or a fraction of TCP_KEEPIDLE.",
                isRequired: false),
              Field("TCP_KEEPCNT", .text, "A number.", isRequired: false),
            ])), "What it sets along with TCP_KEEPIDLE; null if nothing."),
        Field(
          "knobs",
          .list(of: [
            Field("decides", .text, "The socket option or the time."),
            Field("name", .text, "The setting, as the program's documentation names it."),
            Field("unit", .words(of: ProgramKnob.Unit.self), "What its numbers count."),
            Field("least", countOrNull, "The least number that has an effect; null if any has."),
            Field("most", countOrNull, "The greatest one."),
            Field("since", textOrNull, "The first release that has it."),
            Field("also", .list(.text), "Other names of the same."),
            Field(
              "part", countOrNull,
              "The place of its number in a value that holds several; null if it is the value."),
            Field("ignored_in", .list(.text), "Directives that ignore it without a word."),
            Field(
              "address_word", countOrNull,
              "The word of its line that must be an address as numbers; null if none must."),
          ]), "How it is told."),
        Field("notes", textOrNull, "What else there is to know."),
        Field("source", textOrNull, "Where that is documented."),
        Field("checked_on", textOrNull, "The date on which that was looked up."),
      ]))

  static let emitted: [Field] = [
    Field("target", textOrNull, "The target; null if there are several files."),
    Field("file_name", textOrNull, "What the only file is to be called."),
    Field("text", textOrNull, "What goes into the only file."),
    Field(
      "files",
      .list(of: [
        Field("target", .text, "The target that it belongs to."),
        Field("name", .text, "What it is to be called, below the folder of all files."),
        Field("text", .text, "What goes into it."),
      ]), "All files."),
    Field(
      "unmet",
      .list(of: [
        Field("target", .text, "The target."),
        Field("text", .text, "What is not met where its files are applied, in a sentence."),
      ]), "What the plan meets and a target cannot carry."),
    Field(
      "remarks",
      .list(of: [
        Field("target", .text, "The target."),
        Field("text", .text, "What would be a comment if its files had any."),
      ]), "What else is to be known of the files."),
    Field("plan", plan, "What it is made of."),
    Field("kernels", .list(kernel), "The releases that it holds on."),
  ]

  static let targets: [Field] = [
    Field(
      "targets",
      .list(of: [
        Field("name", .text, "As it is named on the command line."),
        Field("summary", .text, "What it is."),
        Field("part", .words(of: PlanPart.self), "The part of the plan that it carries."),
        Field("group", .words(of: PlanEmitterGroup.self), "What kind it is."),
        Field("files", .list(.text), "What its files are called."),
        Field("covers", .list(.text), "What of its part it can say."),
        Field("omits", textOrNull, "What it cannot carry; null if it carries all."),
        Field("proved_with", textOrNull, "What it was tried with; null if with nothing."),
      ]), "What `emit` can write.")
  ]

  static let snapshot: [Field] = [
    Field("sysctls", sysctls, "Those that could be read."),
    Field("unreadable", .map(errno), "Those that could not, with the errno."),
    Field("hostname", textOrNull, "kernel.hostname; null where it is not known."),
    Field(
      "boot",
      .orNull(
        .map(
          .object([
            Field("value", .text, "What the key has then."),
            Field("file", textOrNull, "What sets it; null where the default comes back."),
            Field("line", countOrNull, "Null if no line says it."),
          ]))),
      "What the next boot gives keys that something sets, or that lose what they have; null where"
        + " that is not known, as in a container."),
    Field(
      "files",
      .orNull(
        .list(of: [
          Field("path", .text, "The file."),
          Field("target", textOrNull, "Where a link leads; null for what is none."),
          Field(
            "statements",
            .orNull(
              .list(of: [
                Field("line", .count, "From 1."), Field("name", .text, "As it is written."),
                Field("value", textOrNull, "Null for a name that only excludes."),
                Field("ignores_failure", .boolean, "Whether a - stands before it."),
              ])), "What it sets; null if it could not be read."),
          Field("unreadable_because", .orNull(errno), "The errno; null if it was read."),
        ])), "The sysctl files of the host; null where none were looked at."),
    Field(
      "namespaces",
      .list(of: [
        Field("name", textOrNull, "As `ip netns` has it."),
        Field("netns", textOrNull, "Null if it could not be entered."),
        Field("sysctls", .orNull(sysctls), "Those that differ from the host's."),
        Field("unreadable_because", .orNull(errno), "The errno; null if it was read."),
      ]), "Network namespaces beside the one that was read."),
    Field(
      "sockets",
      .orNull(
        .list(of: [
          Field("netns", textOrNull, "The network namespace they are in."),
          Field("process", textOrNull, "The program; null if it is not known."),
          Field(
            "peer", words(of: CapturedConnections.Kind.Peer.self), "What the connections lead to."),
          Field("port", .count, "Of this host for clients, else of the server."),
          Field("address", textOrNull, "Of one server, where addresses are told."),
          Field("sockets", .count, "How many there are."),
          Field("both_ends_here", .boolean, "Whether the other ends are on this host too."),
          Field("set_by_program", .orNull(.map(.anything)), "Null if the options are not known."),
          Field(
            "keepalive", .orNull(.boolean), "Whether it is on; null where that is not known either."
          ),
          Field("may_hang_forever", .boolean, "Whether a dead peer may never be noticed."),
        ])), "Groups of TCP sockets; null where they were not asked for."),
  ]

  static let schemas: [Field] = [
    Field(
      "schemas",
      .list(of: [
        Field("name", .text, "That of the command; with -line behind it, that of a line."),
        Field("id", .text, "What `$schema` says."),
        Field("version", .count, "Raised by what breaks readers."),
        Field("summary", .text, "What it describes."),
      ]), "The published schemas.")
  ]

  /// Everything that can be explained.
  static let topics: [Field] = ["scenarios", "outcomes", "sysctls", "options"].map { kind in
    Field(
      kind,
      .list(of: [
        Field("name", .text, "As `explain` takes it."), Field("summary", .text, "What it is."),
      ]), "All there are.")
  }
}

import Advisor
import TCPModel

extension JSONSchema {
  /// A scenario, whole.
  static let scenarioExplanation: [Field] =
    timeline + experiment + [
      Field("path", path, "The path that the timeouts follow from."),
      Field(
        "epoll_events", .list(.text), "What epoll reports at the end, without the prefix EPOLL."),
      Field("program_sees", textOrNull, "What the program sees; null if nothing ends."),
      Field("decided_by", .list(.text), "What decides the end."),
      Field("changes", .list(sensitivity), "What one step of each setting would change."),
      Field("traps", .list(of: pitfall), "What is commonly believed of it, and what is so."),
    ]

  private static let path = defined(
    Definition(
      "path", "The path of a connection.",
      [
        Field("shortest_rtt_seconds", .seconds, "The round trip, at least."),
        Field("longest_rtt_seconds", .seconds, "The round trip, at most."),
        Field(
          "rto_seconds", secondsOrNull, "The first retransmission timeout, where it was given."),
        Field("segments", .count, "Segments in flight."),
      ]))

  private static let step = orNull(
    defined(
      Definition(
        "step", "What another value gives.",
        [
          Field("value", .integer, "The value, in the unit of its setting."),
          Field("accepted", accepted, "Null but for a listener with TCP_DEFER_ACCEPT."),
        ] + timeToEnd)))

  private static let sensitivity = defined(
    Definition(
      "change", "What the next values of a setting give.",
      [
        Field("setting", .text, "A sysctl or a socket option."),
        Field("value", orNull(.integer), "Its value now; null if it is not set."),
        Field("down", step, "The next smaller value; null if there is none."),
        Field("up", step, "The next larger value; null if there is none."),
      ]))

  private static let pitfall: [Field] = [
    Field("id", .text, "Its name, which stays."),
    Field("sentence", .text, "What is so."),
    Field("source", .text, "Where that is said or was measured."),
  ]

  private static let applicablePitfalls = list(
    of: pitfall + [Field("counts_here", .boolean, "Whether it applies to the settings.")])

  private static let brief = defined(
    Definition(
      "scenario_end", "When a scenario ends that the setting decides.",
      [
        Field("scenario", scenario, "The scenario."),
        Field("family", family, "The address family."),
        Field("options", socketOptions, "The options that the socket is taken to set."),
        Field("accepted", accepted, "Null but for a listener with TCP_DEFER_ACCEPT."),
      ] + timeToEnd))

  private static let bounds: [Field] = [
    Field(
      "minimum", orNull(.integer), "The least that the kernel takes; null if it checks nothing."),
    Field(
      "maximum", orNull(.integer), "The most that the kernel takes; null if it checks nothing."),
  ]
  private static let reading: [Field] = [
    Field("value", textOrNull, "What was read, as /proc/sys prints it; null if nothing was."),
    Field("status", .words(SysctlReading.statuses), "How reading it went."),
  ]

  static let sysctlExplanation = defined(
    Definition(
      "sysctl", "All about a sysctl.",
      [
        Field("key", .text, "The key, with dots."),
        Field("meaning", .text, "What it is."),
        Field("unit", .words(of: Sysctl.Unit.self), "The unit of its value."),
        Field("default", textOrNull, "The default of this kernel; null if it computes it."),
        Field(
          "defaults",
          .list(of: [
            Field("since", textOrNull, "The release it came with; null if it always was."),
            Field("value", .text, "The default from there on."),
          ]), "Every default there has been."),
        Field("since", textOrNull, "The release that brought it; null if 3.10 has it."),
        Field("removed", .null, "Null: it is there."),
        Field(
          "scope", orNull(.words(Sysctl.Scope.names)),
          "Whose setting it is; null if that changed and the kernel is not known."),
        Field("per_namespace_since", textOrNull, "The release since which each namespace has it."),
        Field(
          "new_namespace", orNull(.words(Sysctl.Scope.beginnings)),
          "What a new network namespace gets."),
        Field("takes_effect", .text, "When a change reaches what is running."),
        Field("read_back", .words(of: Sysctl.ReadBack.self), "What is read after a write."),
        Field(
          "devices",
          .list(of: [
            Field("device", .text, "A network interface."),
            Field("value", textOrNull, "Its value; null if it could not be read."),
          ]), "The same setting of each interface, where it has one."),
        Field("scenarios", .list(brief), "The scenarios that it decides."),
        Field("traps", applicablePitfalls, "What is commonly believed of it, and what is so."),
        Field("prefer", textOrNull, "What is better; null if nothing is."),
        provenance,
      ] + reading + bounds))

  private static let provenance = Field(
    "provenance", orNull(standing), "What sets it; null where no files were read.")

  static let otherSysctl = defined(
    Definition(
      "other_sysctl", "A sysctl that decides no time.",
      [Field("key", .text, "The key, with dots."), provenance] + reading))

  static let retiredSysctl = defined(
    Definition(
      "retired_sysctl", "A sysctl that kernels have no more, or ignore.",
      [
        Field("key", .text, "The key, with dots."),
        Field("removed", textOrNull, "The release that removed it."),
        Field("ineffective_since", textOrNull, "The release since which it does nothing."),
        Field("deprecated_since", textOrNull, "The release since which it is deprecated."),
        Field("note", .text, "What became of it."), provenance,
      ] + reading))

  static let optionExplanation = defined(
    Definition(
      "option", "All about a socket option.",
      [
        Field("name", .text, "Its name, such as TCP_USER_TIMEOUT."),
        Field("level", .words(of: SocketOptionInfo.Level.self), "Its level for setsockopt(2)."),
        Field("number", .integer, "Its number within the level, as on x86 and arm."),
        Field("unit", .words(of: Sysctl.Unit.self), "The unit of its value."),
        Field("unset_reads", orNull(.integer), "What getsockopt(2) tells where nobody set it."),
        Field("inherited", .boolean, "Whether a connection gets its listener's value."),
        Field("since", textOrNull, "The release that brought it; null if 3.10 has it."),
        Field("status", .words(OptionExplanation.statuses), "Whether this kernel has it."),
        Field("meaning", .text, "What it is."),
        Field("outside_range", .text, "What becomes of values out of range."),
        Field("remark", textOrNull, "What else there is to know."),
        Field("stands_for", textOrNull, "The sysctl that holds where it is not set."),
        Field("scenarios", .list(brief), "The scenarios that it decides."),
        Field("traps", applicablePitfalls, "What is commonly believed of it, and what is so."),
        Field("prefer", textOrNull, "What is better; null if nothing is."),
      ] + bounds))
}

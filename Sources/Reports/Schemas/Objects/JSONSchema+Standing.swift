import Advisor
import SysctlFiles
import TCPModel

extension JSONSchema {
  /// Which file and line sets a key.
  static let standing = defined(
    Definition(
      "standing", "What a sysctl holds, what sets it, and whether these agree.",
      briefStandingFields + [
        Field("default", textOrNull, "The kernel's default; null if it has none or nobody knows."),
        Field("live", textOrNull, "What it holds; null if that is not known."),
        Field(
          "live_unknown_because", textOrNull, "Why not: not-read, absent, malformed, an errno."),
        Field("loaders", .list(loaded), "What systemd-sysctl and `sysctl --system` take."),
        Field("claims", .list(of: claim), "Every line that speaks of it."),
        Field("owners", .list(of: owned), "Programs that set it besides."),
        Field(
          "remedies", .list(of: remedies), "What makes files and kernel agree; each helps alone."),
      ]))

  /// The same in short.
  static let briefStanding = defined(
    Definition("set_by", "What the next boot gives a sysctl.", briefStandingFields))

  private static let briefStandingFields: [Field] = [
    Field("key", .text, "The key, with dots."),
    Field("verdict", .words(of: SysctlStanding.Verdict.self), "Whether files and kernel agree."),
    Field("reason", .text, "The same in words."),
    Field("next_boot", orNull(bootWrite), "What the next boot writes last; null if nothing."),
  ]

  private static let line = Field("line", countOrNull, "The line; null if it has none.")

  private static let bootWrite = defined(
    Definition(
      "boot_write", "A value that is written at boot.",
      [
        Field("value", textOrNull, "The value; null if it is not known."),
        Field("owner", textOrNull, "The program that writes it; null for sysctl files."),
        Field("file", .text, "The file that says so."), line,
      ]))

  private static let loaded = defined(
    Definition(
      "loaded", "What a loader takes from the files.",
      [
        Field("loader", .words(SysctlLoader.programs), "The program."),
        Field("value", textOrNull, "The value; null if it sets none."),
        Field("file", textOrNull, "The file; null if none sets it."), line,
      ]))

  private static let claim: [Field] = [
    Field("file", .text, "The file."), Field("line", .count, "The line."),
    Field("text", .text, "What the line says."),
    Field("value", textOrNull, "The value; null if it gives none."),
    Field("explicit", .boolean, "Whether it names the key, not a glob."),
    Field("ignores_failure", .boolean, "Whether it begins with a dash."),
    Field("fate", .words(of: SysctlClaim.Fate.Word.self), "What becomes of it."),
    Field("shadowed_by", textOrNull, "What takes its place; null if nothing does."),
  ]

  private static let owned: [Field] = [
    Field("owner", .text, "The program."),
    Field("value", textOrNull, "The value; null if it depends."),
    Field("file", .text, "The file that says so."), line,
    Field("at_boot", .boolean, "Whether it does so at boot."),
    Field("because", .text, "What shows that the program does so."),
  ]

  private static let remedies: [Field] = [
    Field("action", .words(of: StandingRemedy.Action.self), "What kind of step it is."),
    Field("command", textOrNull, "What to type into a shell; null if it is not one command."),
    Field("text", .text, "What to do."),
  ]

  private static let loader = defined(
    Definition(
      "loader", "The loader that the host boots with.",
      [
        Field("program", .words(SysctlLoader.programs), "The program."),
        Field("basis", .words(of: BootLoader.Basis.self), "What shows that."),
        Field("assumed", .boolean, "Whether nothing shows it."),
        Field(
          "masked_by", textOrNull,
          "What keeps it from being started: a file or the kernel's command line; null if nothing does."
        ),
        Field("changed_by", textOrNull, "The line that says whether it runs; null if none does."),
      ]))

  /// The files that `check` judged.
  static let judgedBoot = object([
    Field("files", .count, "How many files the boot reads."),
    Field("loader", loader, "Who applies them."),
  ])

  /// What sets the sysctls of a host.
  static let standings: [Field] = [
    Field("loader", loader, "Who applies the files at boot."),
    Field("files", .list(of: bootFile), "In the order in which they are read."),
    Field("unread", .map(errno), "Files and directories that could not be read, with the errno."),
    Field(
      "owners",
      .list(of: [
        Field("owner", .text, "The program."),
        Field("because", .text, "What shows that it sets sysctls."),
        Field("at_boot", .boolean, "Whether it does so at boot."),
        Field("reapplies_files", .boolean, "Whether it applies the sysctl files once more."),
      ]), "Programs that set sysctls besides."),
    Field("keys", .list(standing), "The worst first."),
  ]

  private static let bootFile: [Field] = [
    Field("path", .text, "Its path."),
    Field("target", textOrNull, "Where a symbolic link leads; null if it is none."),
    Field("read_by", .list(.words(SysctlLoader.programs)), "The loaders that read it."),
    Field("masked_by", textOrNull, "The file of the same name that hides it; null if none does."),
    Field("unread_because", orNull(errno), "Why it could not be read; null if it was."),
    Field(
      "faults",
      .list(of: [
        Field("line", .count, "The line."), Field("why", .text, "What is wrong with it."),
      ]), "Lines that set nothing."),
  ]
}

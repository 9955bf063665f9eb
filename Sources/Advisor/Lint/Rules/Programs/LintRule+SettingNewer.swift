extension LintRule {
  /// A setting that came with a later release of the program.
  static let settingNewer = LintRule(
    "TA092", "setting-newer", .error,
    why: "The release that the file is for does not have it: it stops, or leaves the line out.",
    source: "each program's documentation, as its catalogue entry names it",
    remedy: "Set it where the release has it, or set the sysctl that stands for it.",
    .settings { setting, program, context in
      let releases = context.releases
      guard
        let release = releases[setting.program.name] ?? releases[program.format.name],
        let since = setting.knob.since,
        let first = ProgramRelease(since), release < first
      else { return nil }
      return LintHit(
        "\(setting.name.text) came with \(since), and \(release) does not have it", since: since)
    }
  )
}

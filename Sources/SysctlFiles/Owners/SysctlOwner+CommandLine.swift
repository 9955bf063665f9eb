extension SysctlOwner {
  /// The kernel writes what its command line says, right before init begins.
  ///
  /// Source: `sysctl.` in kernel-parameters.txt; Linux 5.8 and later.
  static let commandLine = SysctlOwner("kernel command line") { reader in
    let path = "/proc/cmdline"
    let words = (reader.text(path) ?? "").split { " \n".contains($0) }
    let shown = reader.files.shown(path)
    let settings = words.compactMap { word -> OwnedSetting? in
      guard word.hasPrefix("sysctl."), let sign = word.firstIndex(of: "=") else { return nil }
      let name = word[..<sign].dropFirst("sysctl.".count)
      return OwnedSetting(String(name), String(word[word.index(after: sign)...]), in: shown)
    }
    guard !settings.isEmpty else { return nil }
    return OwnerAct(
      because: "the command line that this kernel was booted with", settings: settings,
      isBeforeFiles: true, remedy: "take it out of the boot loader's configuration")
  }
}

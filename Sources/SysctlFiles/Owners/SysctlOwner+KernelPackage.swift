import TCPModel

extension SysctlOwner {
  /// Kernels of SUSE come with a sysctl file of their own, which units apply before all others.
  ///
  /// Source: 50-kernel-uname_r.conf, boot-sysctl.service and kernel-sysctl.service of
  /// suse-module-tools; `sysctl --system` of SUSE reads the same file first.
  static let kernelPackage = SysctlOwner("kernel package") { reader in
    let units = [
      "systemd-sysctl.service.d/50-kernel-uname_r.conf", "boot-sysctl.service",
      "kernel-sysctl.service",
    ].map { "/usr/lib/systemd/system/\($0)" }
    guard let unit = units.first(where: { reader.files.exists($0) }),
      let path = reader.files.sysctlsOfKernel, let text = reader.text(path)
    else { return nil }
    let shown = reader.files.shown(path)
    let settings = SysctlFile(parsing: text).statements(readBy: .systemd).compactMap {
      line, statement in
      statement.value.map { OwnedSetting(statement.pattern, $0.text, in: shown, line: line) }
    }
    guard !settings.isEmpty else { return nil }
    return OwnerAct(
      because: "\(reader.files.shown(unit)) has it applied before other files", settings: settings,
      isAtBoot: LoaderUnit(on: reader.files).mask == nil, isBeforeFiles: true,
      remedy: "a file in /etc/sysctl.d wins over it")
  }
}

extension HostFiles {
  /// The file of the kernel that runs, or of the newest that is installed; nil if there is none.
  fileprivate var sysctlsOfKernel: String? {
    let running = text("/proc/sys/kernel/osrelease")?.split(whereSeparator: \.isWhitespace).first
    let releases = running.map { [String($0)] } ?? names(in: "/lib/modules").newestFirst
    let paths = releases.flatMap {
      ["/usr/lib/modules/\($0)/sysctl.conf", "/boot/sysctl.conf-\($0)"]
    }
    return paths.first { exists($0) }
  }
}

extension [String] {
  fileprivate var newestFirst: [String] {
    compactMap { KernelVersion($0) }.sorted(by: >).map(\.release)
  }
}

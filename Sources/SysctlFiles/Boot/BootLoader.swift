/// Which loader a host boots with, and what shows it.
package struct BootLoader: Hashable, Sendable {
  package enum Basis: String, CaseIterable, Hashable, Sendable {
    /// The host runs systemd.
    case systemdRuns = "systemd-runs"
    case systemdInstalled = "systemd-sysctl-installed"
    case procpsInstalled = "sysctl-installed"
    /// Neither is there.
    case none
  }

  package let basis: Basis
  /// What `sysctl --system` is on the host; the usual one where no library shows its release.
  package let procps: SysctlLoader

  /// What systemd is told about its own loader; another one always runs.
  package let unit: LoaderUnit

  package init(
    _ basis: Basis, procps: SysctlLoader = .procps4, unit: LoaderUnit = .runs
  ) {
    (self.basis, self.procps, self.unit) = (basis, procps, unit)
  }

  /// Looks for what the host runs, and then for what it has.
  package init(on files: any HostFiles) {
    basis =
      files.exists("/run/systemd/system")
      ? .systemdRuns
      : Self.holds("systemd/systemd-sysctl", ["/usr/lib", "/lib"], files)
        ? .systemdInstalled
        : Self.holds("sysctl", ["/usr/sbin", "/sbin", "/usr/bin"], files)
          ? .procpsInstalled : .none
    unit = basis == .procpsInstalled ? .runs : LoaderUnit(on: files)
    procps =
      Self.libraries.first { Self.holds($0.name, Self.libraryDirectories, files) }?.loader
      ?? .procps4
  }

  /// What runs at boot.
  package var loader: SysctlLoader { basis == .procpsInstalled ? procps : .systemd }

  /// What somebody may run by hand.
  package var other: SysctlLoader { loader == .systemd ? procps : .systemd }

  /// Whether it is taken for granted and not seen.
  package var isAssumed: Bool { basis != .systemdRuns }

  private static let libraryDirectories = [
    "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
    "/lib/x86_64-linux-gnu", "/lib64",
  ]

  /// The names of the library that comes with each release.
  private static let libraries: [(name: String, loader: SysctlLoader)] = [
    ("libproc2.so.1", .procps4_0_5), ("libproc2.so.0", .procps4),
    ("libprocps.so.8", .procps3_3_17), ("libprocps.so.7", .procps3), ("libprocps.so.6", .procps3),
  ]

  private static func holds(_ name: String, _ directories: [String], _ files: any HostFiles)
    -> Bool
  {
    directories.contains { files.exists("\($0)/\(name)") }
  }
}

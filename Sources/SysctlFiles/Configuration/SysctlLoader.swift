import TCPModel

/// A program that writes what sysctl files say to `/proc/sys`, with the rules in which they differ.
///
/// Sources: src/sysctl/sysctl.c, src/basic/conf-files.c and src/basic/fileio.c of systemd 252 and 257;
/// sysctl.c of procps-ng 3.3.15, 3.3.17, 4.0.2, 4.0.4 and its main branch of 2025; plugin_sysctl.py of
/// TuneD 2.20 to 2.27.
package enum SysctlLoader: Hashable, Sendable, CaseIterable {
  /// systemd-sysctl.
  case systemd
  /// `sysctl --system` up to 3.3.16, of RHEL 8 for example.
  case procps3
  /// `sysctl --system` of 3.3.17, of RHEL 9 for example.
  case procps3_3_17
  /// `sysctl --system` of 4.0.0 to 4.0.4, of Debian 12 and 13 for example.
  case procps4
  /// `sysctl --system` after 4.0.4.
  case procps4_0_5
  /// TuneD, which applies files again after its profile (`reapply_sysctl`).
  case tuned

  /// The highest first: a file hides those of the same name in all directories below.
  package var directories: [SysctlDirectory] {
    switch self {
    case .systemd, .procps3_3_17, .procps4, .procps4_0_5: SysctlDirectory.allCases
    case .procps3: [.run, .etc, .usrLocalLib, .usrLib, .lib]
    case .tuned: [.run, .etc]
    }
  }

  /// Whether `/etc/sysctl.conf` is read, after all other files.
  package var readsMainFile: Bool { self != .systemd }

  /// As users call it.
  package var program: String {
    switch self {
    case .systemd: "systemd-sysctl"
    case .procps3, .procps3_3_17, .procps4, .procps4_0_5: "sysctl --system"
    case .tuned: "TuneD"
    }
  }

  /// Whether a glob with `-` alone keeps other globs from all that it matches.
  var excludesByGlobs: Bool { self == .procps4_0_5 }

  /// Whether a later statement of the same name takes the place of the earlier one, so that
  /// `-key` unsets a key. Otherwise values are written one after the other.
  var replacesStatements: Bool { self == .systemd }

  /// Returns whether a file of this name in one of the directories is read.
  package func reads(_ name: some StringProtocol) -> Bool {
    name.hasSuffix(".conf") && (self != .systemd || !name.hasPrefix("."))
  }

  /// Returns whether a statement does what it is meant for.
  package func understands(_ statement: SysctlStatement) -> Bool {
    if statement.isNameApart && self != .systemd { return false }
    let isGlob = statement.pattern.key == nil
    let isEmpty = statement.value?.text.isEmpty != false
    switch self {
    case .procps3, .procps3_3_17: return !isGlob && !isEmpty
    case .procps4: return !isGlob || statement.value != nil
    case .tuned:
      return statement.hyphen == nil && !isEmpty
        && statement.pattern.key.map(Self.isWritten(byTuneD:)) ?? false
    case .systemd, .procps4_0_5: return true
    }
  }
}

extension SysctlLoader {
  /// TuneD takes every dot for a slash, and refuses two keys that the kernel has under other names.
  private static func isWritten(byTuneD key: SysctlKey) -> Bool {
    !key.path.contains(".") && !["base_reachable_time", "retrans_time"].contains(key.shortName)
  }

  /// - Parameter release: of procps-ng, for example `4.0.2`.
  package init?(procps release: some StringProtocol) {
    let parts = release.split(separator: ".")
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count >= 2, numbers.count == parts.count else { return nil }
    let releases: [(first: [Int], SysctlLoader)] = [
      ([4, 0, 5], .procps4_0_5), ([4], .procps4), ([3, 3, 17], .procps3_3_17), ([], .procps3),
    ]
    let known = releases.first { !numbers.lexicographicallyPrecedes($0.first) }
    self = known?.1 ?? .procps3
  }
}

/// A directory of sysctl files.
package enum SysctlDirectory: String, Hashable, Sendable, CaseIterable {
  case etc = "/etc/sysctl.d"
  case run = "/run/sysctl.d"
  case usrLocalLib = "/usr/local/lib/sysctl.d"
  case usrLib = "/usr/lib/sysctl.d"
  /// The same as the one before, except on old systems where `/usr` is on its own.
  case lib = "/lib/sysctl.d"
}

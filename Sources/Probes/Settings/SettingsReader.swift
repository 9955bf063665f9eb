package import Linux
package import TCPModel

/// Reads the settings of the host, of the network namespace this process is in, or of a captured
/// `/proc`.
package struct SettingsReader {
  let procFS: ProcFS

  package init(_ procFS: ProcFS) { self.procFS = procFS }

  /// Returns the settings, by default all that the tool knows.
  /// - Parameter others: keys besides, of devices or such as no catalogue has.
  /// - Throws: when there is no `sys/net/ipv4` to read from; a single key never fails.
  package func snapshot(
    of sysctls: [Sysctl] = SysctlCatalog.all, and others: some Sequence<SysctlKey> = []
  ) throws(SystemCallError) -> SettingsSnapshot {
    _ = try procFS.inode("sys/net/ipv4/.")
    let isThisHost = procFS.root == ProcFS().root
    let readings =
      sysctls.map { ($0.key, reading(of: $0.key, $0)) }
      + others.map { ($0, reading(of: $0, SysctlCatalog.definition(of: $0))) }
    return SettingsSnapshot(
      source: procFS.path("sys"),
      kernel: text("sys/kernel/osrelease").flatMap { KernelVersion($0) },
      tickRate: isThisHost ? Self.tickRate : nil,
      namespace: isThisHost ? Self.namespace(in: procFS) : nil,
      readings: Dictionary(readings) { $1 })
  }

  /// The kernel's own tick: the resolution of CLOCK_MONOTONIC_COARSE.
  package static var tickRate: TickRate? {
    let nanoseconds = KernelClock.tick.saturatingNanoseconds
    return nanoseconds > 0
      ? TickRate(hertz: Int((1_000_000_000 + nanoseconds / 2) / nanoseconds)) : nil
  }

  private static func namespace(in procFS: ProcFS) -> String? {
    do throws(SystemCallError) { return try procFS.link("self/ns/net") } catch { return nil }
  }

  private func text(_ path: String) -> String? {
    do throws(SystemCallError) {
      // A tree that was copied through another system may have other ends of lines.
      return try procFS.text(path, limit: 256).split(whereSeparator: \.isWhitespace).first
        .map { String($0) }
    } catch {
      return nil
    }
  }

  private func reading(of key: SysctlKey, _ sysctl: Sysctl?) -> SysctlReading {
    // A file may name keys that lead out of `/proc/sys`.
    guard !key.path.split(separator: "/").contains("..") else { return .absent }
    // A list of reserved ports can be long; numbers never are.
    let limit = sysctl?.kind ?? .text == .text ? 1 << 16 : 256
    do throws(SystemCallError) {
      return SysctlReading(
        parsing: try procFS.value("sys/\(key.path)", limit: limit), for: sysctl)
    } catch  where error.code == .noEntry {
      return .absent
    } catch {
      return .denied(error.code.name)
    }
  }
}

import Linux
import TCPModel

/// What can be run without namespaces: on the host's own loopback, under its live settings, which
/// nobody changes.
enum LoopbackFallback {
  /// Returns why an experiment needs a sandbox; nil if it does not.
  static func objection(
    to request: RunRequest, under settings: [SysctlKey: String], files: ProcFS = ProcFS()
  ) -> String? {
    // A full queue is silent without any right; a peer that falls silent takes a filter.
    guard request.scenario.live.worksOnHost, request.outage == nil, request.box == nil else {
      return "without a sandbox only connect to a silent host is run"
    }
    for key in request.scenario.sysctls {
      let (asked, present) = (settings[key], value(of: key, files))
      guard asked != present else { continue }
      return "the host has \(key) = \(present ?? "none"), not \(asked ?? "none")"
    }
    return nil
  }

  private static func value(of key: SysctlKey, _ files: ProcFS) -> String? {
    (try? files.text("sys/\(key.path)"))
      .map { $0.split { $0.isWhitespace }.joined(separator: " ") }
  }
}

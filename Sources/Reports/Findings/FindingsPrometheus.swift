import Advisor
import TCPModel

/// A textfile for Prometheus' node exporter: what is missed, the times behind it, and what to do.
enum FindingsPrometheus: FindingsReporter {
  static let name = "prometheus"

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    info(of: run) + families.map { $0.text(of: findings) }.joined()
  }

  private static let prefix = "tcpadvisor_check_"

  /// What hosts must have in common for their times to be comparable.
  private static func info(of run: FindingsRun) -> String {
    var gauge = PrometheusGauge(
      "\(prefix)info", "1, with the tool's version, the kernel judged and its timer tick.")
    let series = gauge.series([
      ("version", Tool.version), ("kernel", run.host.kernel?.release ?? ""),
      ("hz", run.host.tickRate.map { "\($0.hertz)" } ?? ""),
    ])
    return gauge.line(series, "1")
  }

  private struct Family: Sendable {
    let name, help: String
    /// What a series is told apart by, beside what all have.
    var labels: @Sendable (Finding) -> [(String, String)] = { _ in [] }
    let value: @Sendable (Finding) -> String?

    func text(of findings: [Finding]) -> String {
      var gauge = PrometheusGauge("\(prefix)\(name)", help)
      // A series that comes twice makes the exporter refuse the whole file.
      var seen: Set<String> = []
      return findings.compactMap { finding in
        let series = gauge.series(finding.labels + labels(finding))
        guard let value = value(finding), seen.insert(series).inserted else { return nil }
        return gauge.line(series, value)
      }.joined()
    }
  }

  private static let families = [
    Family(name: "missed", help: "1 where a requirement of the profile is missed.") {
      $0.isMissed ? "1" : "0"
    },
    Family(name: "unknown", help: "1 where nobody can tell whether it is met.") {
      $0.isUnknown ? "1" : "0"
    },
    Family(name: "wanted_seconds", help: "The time that the profile requires.") {
      $0.wanted?.time.decimalSeconds
    },
    Family(
      name: "worst_seconds",
      help:
        "The latest end or resumption, or the longest outage that is survived; +Inf if there is none."
    ) { finding in
      guard case .bound(let kind) = finding.subject, !finding.isUnknown else { return nil }
      return finding.seconds(for: kind)?.decimalSeconds ?? "+Inf"
    },
    Family(
      name: "reason_info", help: "1, with why it is missed or unknown, and what would help.",
      labels: { [("reason", $0.reason), ("remedy", $0.remedyTexts.joined(separator: "; "))] }
    ) {
      $0.severity == .notice || $0.status.isMet ? nil : "1"
    },
  ]
}

extension Finding {
  fileprivate var labels: [(String, String)] {
    [
      ("profile", profile), ("connections", group), ("scenario", scenario?.rawValue ?? ""),
      ("objective", objectiveName ?? ""), ("id", id), ("severity", severity.rawValue),
    ]
  }
}

import Advisor
import TCPModel

/// A textfile for Prometheus' node exporter: what is missed, and the times behind it.
enum FindingsPrometheus: FindingsReporter {
  static let name = "prometheus"

  static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    families.map { family in
      var gauge = PrometheusGauge("tcpadvisor_check_\(family.name)", family.help)
      // A series that comes twice makes the exporter refuse the whole file.
      var seen: Set<String> = []
      return findings.compactMap { finding in
        let series = gauge.series(finding.labels)
        guard let value = family.value(finding), seen.insert(series).inserted else { return nil }
        return gauge.line(series, value)
      }.joined()
    }.joined()
  }

  private struct Family: Sendable {
    let name, help: String
    let value: @Sendable (Finding) -> String?
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

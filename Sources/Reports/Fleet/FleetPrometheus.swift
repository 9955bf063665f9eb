package import Advisor
import TCPModel

/// A textfile for Prometheus' node exporter on the host that judges the others.
package struct FleetPrometheus: FleetReporter {
  package static let name = "prometheus"

  package init(_ layout: TextLayout) {}

  package func end(
    _ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void
  ) {
    var hosts = PrometheusGauge("tcpadvisor_fleet_hosts", "How many hosts stand so.")
    for status in FleetVerdict.Status.allCases {
      sink(hosts.line(hosts.series([("status", status.rawValue)]), "\(fleet.count(status))"))
    }
    sink(hosts.line(hosts.series([("status", "unreadable")]), "\(unreadable.count)"))
    var kernels = PrometheusGauge("tcpadvisor_fleet_kernel_hosts", "How many hosts run a kernel.")
    for kernel in fleet.kernels {
      sink(kernels.line(kernels.series([("kernel", kernel.series)]), "\(kernel.hosts)"))
    }
    var missed = PrometheusGauge(
      "tcpadvisor_fleet_missed_hosts", "How many hosts miss a requirement of a profile.")
    for requirement in fleet.requirements {
      sink(missed.line(missed.series(requirement.labels), "\(requirement.hosts)"))
    }
    var differing = PrometheusGauge(
      "tcpadvisor_fleet_differing_hosts",
      "How many hosts of a group have another value than most of it.")
    for drift in fleet.drift {
      let series = differing.series([("group", drift.group ?? ""), ("key", drift.key.rawValue)])
      let usual = drift.variants.first?.hosts.count ?? 0
      sink(differing.line(series, "\(drift.count - usual)"))
    }
  }
}

extension Fleet.Requirement {
  fileprivate var labels: [(String, String)] {
    let finding = missed.finding
    return [
      ("profile", finding.profile), ("connections", finding.group),
      ("scenario", finding.scenario?.rawValue ?? ""), ("objective", finding.objectiveName ?? ""),
      ("id", missed.id), ("severity", finding.severity.rawValue),
    ]
  }
}

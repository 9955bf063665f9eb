import Advisor

/// A target of the host that consists of one file for configuration management.
protocol HostFile: PlanEmitter {
  func fileName(for plan: String) -> String
  /// - Parameter head: what stands at the top of it, as comments that `#` begins.
  func text(for plan: PortablePlan, head: String) -> String
}

extension HostFile {
  package var part: PlanPart { .host }
  package var group: PlanEmitterGroup { .configurationManagement }

  package func fileNames(for plan: String) -> [String] { [fileName(for: plan)] }

  package func emission(of plan: PortablePlan) -> Emission {
    let name = fileName(for: plan.name)
    return Emission([EmittedFile(name, text(for: plan, head: plan.head(of: name)))])
  }
}

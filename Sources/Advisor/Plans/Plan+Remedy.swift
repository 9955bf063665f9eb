import TCPModel

extension [Finding] {
  /// Returns the findings with what a plan does about those that are missed.
  package func remedied(by plan: Plan) -> [Finding] {
    map { finding in
      guard finding.isMissed, let remedy = plan.remedy(for: finding) else { return finding }
      var finding = finding
      finding.remedies = [remedy]
      return finding
    }
  }
}

extension Plan {
  /// Returns the changes that decide the scenario of a finding; nil if there are none.
  fileprivate func remedy(for finding: Finding) -> Remedy? {
    switch finding.subject {
    case .sysctl(let requirement):
      sysctls.first { $0.key == requirement.key }.map { Remedy(.sysctl($0.key, $0.to)) }
    case .silentDrop: bound(onDataOf: finding.group)
    case .bound, .middlebox: changes(for: finding)
    }
  }

  /// Keepalive bounds no write: only a user timeout does, or an objective that asks for one.
  private func bound(onDataOf group: String) -> Remedy {
    let timeout = socketOptions.first { $0.group == group && $0.option == .userTimeout }
    return Remedy(timeout.map { .option($0.option, $0.value) } ?? .objective(.send, .within))
  }

  private func changes(for finding: Finding) -> Remedy? {
    func effect(_ effects: [Effect]) -> Effect? {
      effects.first {
        $0.group == finding.group && $0.objective.scenario == finding.scenario
      }
    }
    func part<Row>(_ rows: [Row], _ effects: (Row) -> [Effect], _ change: (Row) -> Remedy.Change)
      -> Remedy.Part?
    {
      let helping = rows.filter { effect(effects($0)) != nil }
      guard let first = helping.first else { return nil }
      let own = effects(first).first { $0.objective.scenario == finding.scenario }
      return Remedy.Part(helping.map(change), timeToEnd: own?.after)
    }
    let parts = [
      part(sysctls, \.effects) { .sysctl($0.key, $0.to) },
      part(deadlines, \.effects) { .deadline($0.time) },
      part(socketOptions, \.effects) { .option($0.option, $0.value) },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : Remedy(parts)
  }
}

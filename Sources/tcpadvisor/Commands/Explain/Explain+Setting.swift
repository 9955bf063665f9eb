import Advisor
import Reports
import SysctlFiles
import TCPModel

extension Explain {
  /// All about a sysctl, or about those of one name, under each kernel that was named.
  func explain(_ sysctls: [Sysctl]) throws {
    try experiment.refuseWhatIsOfOneScenario()
    let devices = Set(sysctls.compactMap(\.key.device))
    if let own = devices.first, let device = source.device, own != device {
      throw UsageError("--device \(device): \(sysctls[0].key) is a setting of \(own)")
    }
    let others = devices.flatMap { device in
      (Scenario.neighbourSysctls + sysctls.map(\.key)).map { $0.ofDevice(device) }
    }
    let explanations = try hosts(and: others).flatMap { host in
      let whatIf = try whatIf(in: host.snapshot)
      let standings = standings(of: sysctls.map(\.key), on: host)
      return sysctls.map { SysctlExplanation(of: $0, in: whatIf, standing: standings[$0.key]) }
    }
    try answer(explanations.map { ($0.document, ["sysctl": $0.json], $0.snapshot) })
  }

  /// All about a socket option.
  func explain(_ option: SocketOptionInfo) throws {
    try experiment.refuseWhatIsOfOneScenario()
    let explanations = try source.snapshots().map {
      OptionExplanation(of: option, in: try whatIf(in: $0))
    }
    try answer(explanations.map { ($0.document, ["option": $0.json], $0.snapshot) })
  }

  /// What became of a sysctl that kernels have no more, or ignore.
  func explain(_ retired: RetiredSysctl, as name: String) throws {
    guard experiment.isUnused else {
      throw UsageError("\(name) takes no scenario options")
    }
    let key = SysctlKey(name.contains(".") ? name : retired.pattern)
    try answer(
      try hosts(and: [key]).map { host in
        let (snapshot, standing) = (host.snapshot, standings(of: [key], on: host)[key])
        return (
          retired.document(as: key, in: snapshot, standing: standing),
          ["sysctl": retired.json(key, snapshot[key], standing: standing)], snapshot
        )
      })
  }

  /// What sets a sysctl that decides no time.
  func explain(other key: SysctlKey) throws {
    guard experiment.isUnused else { throw UsageError("\(key) takes no scenario options") }
    try answer(
      try hosts(and: [key]).map { host in
        guard let standing = standings(of: [key], on: host)[key] else {
          throw UsageError(
            "\(key) decides no time, and who sets it is told for a host and its files alone: name them"
              + " with --root, or leave out what is not this host as it is")
        }
        guard standing.isKnown || OtherSysctl[key] != nil else {
          throw UsageError(ExplainTopic.objection(to: key.rawValue))
        }
        return (
          Document(standing.sections), ["sysctl": standing.explanationJSON], host.snapshot
        )
      })
  }

  /// Settings, and what sets them at boot as far as that is known.
  private typealias Settings = (
    snapshot: SettingsSnapshot, sequence: BootSequence?, isLive: Bool
  )

  private func hosts(and others: [SysctlKey]) throws -> [Settings] {
    guard files.root != nil else {
      return try source.snapshots(and: others).map { ($0, source.bootSequence, true) }
    }
    let judged = try files.judged(source, for: [])
    return [(judged.host.snapshot, judged.sequence, judged.isLive)]
  }

  private func standings(of keys: [SysctlKey], on host: Settings) -> [SysctlKey: SysctlStanding] {
    source.standings(of: keys, on: host.snapshot, in: host.sequence, isLive: host.isLive)
  }

  private func whatIf(in snapshot: SettingsSnapshot) throws -> WhatIf {
    let options = try experiment.socketOptions(under: snapshot.kernel)
    return WhatIf(
      snapshot, options: options, path: try experiment.path(for: .send, in: snapshot, options))
  }

  /// What is said of one setting under one kernel.
  private typealias Answer = (document: Document, json: JSON, snapshot: SettingsSnapshot)

  /// One answer flat, several in a list.
  private func answer(_ answers: [Answer]) throws {
    let each = answers.map { $0.json.merging(["host": $0.snapshot.json]) }
    let part = answers.count == 1 ? answers[0].json : ["explanations": .array(each)]
    try output.print(
      Document(answers.flatMap(\.document.sections)), title: name ?? "",
      json: .answer("explain", about: answers.first?.snapshot, part))
  }
}

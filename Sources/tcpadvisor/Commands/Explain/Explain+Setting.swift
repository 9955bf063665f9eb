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
    try answer(
      explanations.map { Answer($0.snapshot, text: $0.document, json: ["sysctl": $0.json]) })
  }

  /// All about a socket option.
  func explain(_ option: SocketOptionInfo) throws {
    try experiment.refuseWhatIsOfOneScenario()
    let explanations = try source.snapshots().map {
      OptionExplanation(of: option, in: try whatIf(in: $0))
    }
    try answer(
      explanations.map { Answer($0.snapshot, text: $0.document, json: ["option": $0.json]) })
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
        return Answer(
          snapshot, text: retired.document(as: key, in: snapshot, standing: standing),
          json: ["sysctl": retired.json(key, snapshot[key], standing: standing)])
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
        return Answer(
          host.snapshot, text: Document(standing.sections),
          json: ["sysctl": standing.explanationJSON])
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

  /// What is said of one setting under one kernel; only what is printed is made.
  private struct Answer {
    let snapshot: SettingsSnapshot
    let document: () -> Document
    let json: () -> JSON

    init(
      _ snapshot: SettingsSnapshot, text document: @autoclosure @escaping () -> Document,
      json: @autoclosure @escaping () -> JSON
    ) {
      (self.snapshot, self.document, self.json) = (snapshot, document, json)
    }
  }

  /// One answer flat, several in a list.
  private func answer(_ answers: [Answer]) throws {
    func part() -> JSON {
      if answers.count == 1 { return answers[0].json() }
      return [
        "explanations": .array(
          answers.map { $0.json().merging(["host": $0.snapshot.json]) })
      ]
    }
    try output.print(
      Document(answers.flatMap { $0.document().sections }), title: name ?? "",
      json: .answer("explain", about: answers.first?.snapshot, part()))
  }
}

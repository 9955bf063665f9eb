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
    answer(
      explanations.map {
        output.json ? .json(["sysctl": $0.json], $0.snapshot) : .text($0.document)
      })
  }

  /// All about a socket option.
  func explain(_ option: SocketOptionInfo) throws {
    try experiment.refuseWhatIsOfOneScenario()
    let explanations = try source.snapshots().map {
      OptionExplanation(of: option, in: try whatIf(in: $0))
    }
    answer(
      explanations.map {
        output.json ? .json(["option": $0.json], $0.snapshot) : .text($0.document)
      })
  }

  /// What became of a sysctl that kernels have no more, or ignore.
  func explain(_ retired: RetiredSysctl, as name: String) throws {
    guard experiment.isUnused else {
      throw UsageError("\(name) takes no scenario options")
    }
    let key = SysctlKey(name.contains(".") ? name : retired.pattern)
    answer(
      try hosts(and: [key]).map { host in
        let (snapshot, standing) = (host.snapshot, standings(of: [key], on: host)[key])
        return output.json
          ? .json(["sysctl": retired.json(key, snapshot[key], standing: standing)], snapshot)
          : .text(retired.document(as: key, in: snapshot, standing: standing))
      })
  }

  /// What sets a sysctl that decides no time.
  func explain(other key: SysctlKey) throws {
    guard experiment.isUnused else { throw UsageError("\(key) takes no scenario options") }
    answer(
      try hosts(and: [key]).map { host in
        guard let standing = standings(of: [key], on: host)[key] else {
          throw UsageError(
            "\(key) decides no time, and who sets it is told for a host and its files alone: name them"
              + " with --root, or leave out what is not this host as it is")
        }
        guard standing.isKnown || OtherSysctl[key] != nil else {
          throw UsageError(ExplainTopic.objection(to: key.rawValue))
        }
        return output.json
          ? .json(["sysctl": standing.explanationJSON], host.snapshot)
          : .text(Document(standing.sections))
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
  private enum Answer {
    case text(Document)
    case json(JSON, SettingsSnapshot)
  }

  /// One answer flat, several in a list.
  private func answer(_ answers: [Answer]) {
    var sections: [Document.Section] = []
    var parts: [(part: JSON, snapshot: SettingsSnapshot)] = []
    for answer in answers {
      switch answer {
      case .text(let document): sections += document.sections
      case .json(let part, let snapshot): parts.append((part, snapshot))
      }
    }
    guard let first = parts.first else { return output.print(Document(sections)) }
    let each = parts.map { $0.part.merging(["host": $0.snapshot.json]) }
    let part = parts.count == 1 ? first.part : ["explanations": .array(each)]
    Console.print(JSON.answer("explain", about: first.snapshot, part).text)
  }
}

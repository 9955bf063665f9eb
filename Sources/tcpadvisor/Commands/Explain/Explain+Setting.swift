import Advisor
import Reports
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
    let explanations = try source.snapshots(and: others).flatMap { snapshot in
      let whatIf = try whatIf(in: snapshot)
      let standings = source.standings(
        of: sysctls.map(\.key), on: snapshot, in: source.bootSequence)
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
      try source.snapshots(and: [key]).map {
        output.json
          ? .json(["sysctl": retired.json(key, $0[key])], $0)
          : .text(retired.document(as: key, in: $0))
      })
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

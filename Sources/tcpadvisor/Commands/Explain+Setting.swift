import Advisor
import Emitters
import TCPModel

extension Explain {
  /// All about a sysctl, or about those of one name, under each kernel that was named.
  func explain(_ sysctls: [Sysctl]) throws {
    try play.refuseWhatIsOfOneScenario()
    let devices = sysctls.map(\.key).filter { $0.sharedByDevices != nil }
    let others = Set(devices.flatMap { [$0] + $0.siblingsThatDecide }).compactMap {
      SysctlCatalog.ofDevice($0)
    }
    let explanations = try source.snapshots(and: others).flatMap { snapshot in
      let circumstances = try circumstances(in: snapshot)
      return sysctls.map { SysctlExplanation(of: $0, in: circumstances) }
    }
    answer(
      explanations.map {
        output.json ? .json(["sysctl": $0.json], $0.snapshot) : .text($0.text(output.style))
      })
  }

  /// All about a socket option.
  func explain(_ option: OptionFacts) throws {
    try play.refuseWhatIsOfOneScenario()
    let explanations = try source.snapshots().map {
      OptionExplanation(of: option, in: try circumstances(in: $0))
    }
    answer(
      explanations.map {
        output.json ? .json(["option": $0.json], $0.snapshot) : .text($0.text(output.style))
      })
  }

  /// What became of a sysctl that kernels have no more, or ignore.
  func explain(_ retired: RetiredSysctl, as name: String) throws {
    guard play.isUnused else { throw Failure("nothing is played for \(name): it takes no case") }
    let key = SysctlKey(name.contains(".") ? name : retired.pattern)
    answer(
      try source.snapshots().map {
        output.json
          ? .json(["sysctl": retired.json(key, $0[key])], $0)
          : .text(retired.text(as: key, in: $0, output.style))
      })
  }

  private func circumstances(in snapshot: SettingsSnapshot) throws -> Circumstances {
    let options = try play.socketOptions(under: snapshot.kernel)
    return Circumstances(
      snapshot, options: options, path: try play.path(for: .send, in: snapshot, options))
  }

  /// What is said of one setting under one kernel.
  private enum Answer {
    case text(String)
    case json(JSON, SettingsSnapshot)
  }

  /// One answer flat, several in a list.
  private func answer(_ answers: [Answer]) {
    var texts: [String] = []
    var parts: [(part: JSON, snapshot: SettingsSnapshot)] = []
    for answer in answers {
      switch answer {
      case .text(let text): texts.append(text)
      case .json(let part, let snapshot): parts.append((part, snapshot))
      }
    }
    guard let first = parts.first else { return Console.print(texts.joined(separator: "\n")) }
    let each = parts.map { $0.part.merging(["host": $0.snapshot.json]) }
    let part = parts.count == 1 ? first.part : ["explanations": .array(each)]
    Console.print(JSON.answer("explain", about: first.snapshot, part).text)
  }
}

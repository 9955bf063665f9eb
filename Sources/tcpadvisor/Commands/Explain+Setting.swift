import Advisor
import Emitters
import TCPModel

extension Explain {
  /// All about a sysctl, or about those of one name, under each kernel that was named.
  func explain(_ sysctls: [Sysctl]) throws {
    let devices = sysctls.map(\.key).filter { $0.sharedByDevices != nil }
    let others = Set(devices.flatMap { [$0] + $0.siblingsThatDecide }).compactMap {
      SysctlCatalog.ofDevice($0)
    }
    let explanations = try source.snapshots(and: others).flatMap { snapshot in
      let circumstances = try circumstances(in: snapshot)
      return sysctls.map { SysctlExplanation(of: $0, in: circumstances) }
    }
    answer(
      explanations, { $0.snapshot }, { ["sysctl": $0.json] },
      { SysctlText($0, style: output.style).text })
  }

  /// All about a socket option.
  func explain(_ option: OptionFacts) throws {
    let explanations = try source.snapshots().map {
      OptionExplanation(of: option, in: try circumstances(in: $0))
    }
    answer(
      explanations, { $0.snapshot }, { ["option": $0.json] },
      { OptionText($0, style: output.style).text })
  }

  /// What became of a sysctl that kernels have no more, or ignore.
  func explain(_ retired: RetiredSysctl, as name: String) throws {
    let key = SysctlKey(name.contains(".") ? name : retired.pattern)
    let snapshots = try source.snapshots()
    answer(
      snapshots, { $0 }, { ["sysctl": retired.json(key, $0[key])] },
      { RetiredSysctlText(retired, key: key, in: $0, style: output.style).text })
  }

  private func circumstances(in snapshot: SettingsSnapshot) throws -> Circumstances {
    Circumstances(
      snapshot, options: try play.socketOptions(under: snapshot.kernel), path: try play.path(for: .send))
  }

  /// One answer flat, several in a list.
  private func answer<Explanation>(
    _ explanations: [Explanation], _ snapshot: (Explanation) -> SettingsSnapshot,
    _ json: (Explanation) -> JSON, _ text: (Explanation) -> String
  ) {
    guard output.json else {
      return Console.print(explanations.map(text).joined(separator: "\n"))
    }
    let first = explanations.first.map(snapshot)
    if explanations.count == 1, let only = explanations.first {
      return Console.print(JSON.answer("explain", about: first, json(only)).text)
    }
    let each = explanations.map { json($0).merging(["host": snapshot($0).json]) }
    Console.print(JSON.answer("explain", about: first, ["explanations": .array(each)]).text)
  }
}

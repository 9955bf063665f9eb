package import Advisor
package import SysctlFiles
import TCPModel

extension SysctlStanding {
  /// All about where a key's value comes from.
  package var sections: [Document.Section] {
    [
      Document.Section(
        RichText(key.rawValue.cut()), level: .title, [.paragraph("\(verdict.mark): \(reason)")]),
      Document.Section([.table(Document.Table(liveRows + bootRows))]),
    ] + sources + [
      Document.Section("What to do", [.list(remedies.map { $0.text(prefix: live.prefix) })])
    ]
  }

  /// What `explain` says beside all else: what each file and each loader makes of it.
  package var provenanceSections: [Document.Section] {
    guard !provenance.claims.isEmpty || !provenance.owned.isEmpty || verdict == .lostAtBoot else {
      return []
    }
    return [
      Document.Section(
        "Who sets it",
        [
          .paragraph("\(verdict.mark): \(reason)"),
          .list(remedies.map { $0.text(prefix: live.prefix) }), .table(Document.Table(bootRows)),
        ])
    ] + sources
  }

  private var sources: [Document.Section] {
    [
      Document.Section("What the files say", [.table(Document.Table(claimRows))]),
      Document.Section("Other owners", [.list(ownerItems)]),
    ]
  }

  private var liveRows: [[String]] {
    [["kernel default", defaultText], ["live", reading.map { _ in liveText } ?? "not read"]]
  }

  private var bootRows: [[String]] { [["next boot", bootText]] + loaderRows }

  private var loaderRows: [[String]] {
    let loader = provenance.loader
    if provenance.entry == nil, provenance.otherEntry == nil { return [] }
    return [(loader.loader, provenance.entry), (loader.other, provenance.otherEntry)]
      .sorted { $0.0 == .systemd && $1.0 != .systemd }
      .map { each, entry in [each.program, entry.map { text(of: $0) } ?? "leaves it alone"] }
  }

  private var defaultText: String {
    if let usual { return usual }
    if sysctl == nil { return "not known to this tool" }
    return live.snapshot.kernel == nil
      ? "unknown without the kernel's release (--kernel)" : "computed from the machine"
  }

  private var claimRows: [[String]] {
    provenance.claims.map { claim in
      [
        claim.entry.place, claim.entry.text,
        claim.text(under: provenance.loader, alsoHolding: provenance.otherEntry),
      ]
    }
  }

  private var ownerItems: [RichText] {
    provenance.owned.map { act, setting in
      let value = setting.value.map { "sets \($0.cut())" } ?? Self.choice(by: setting.rule)
      let time = act.isAtBoot ? "" : "; not at every boot"
      return "\(act.owner) \(value) (\(setting.place)): \(act.because)\(time)"
    }
  }
}

extension SysctlStanding {
  /// How a value is chosen: `>2048` is written over less alone.
  fileprivate static func choice(by rule: String?) -> String {
    guard let rule else { return "chooses a value" }
    let bound = String(rule.dropFirst()).cut()
    switch rule.first {
    case ">": return "sets \(bound) where it holds less"
    case "<": return "sets \(bound) where it holds more"
    default: return "chooses a value, \(rule.cut())"
    }
  }
}

extension SysctlEntry {
  /// The statement as it stands, its blanks aside.
  var text: String {
    let sign = statement.hyphen == nil ? "" : "-"
    return "\(sign)\(statement.name.text.cut())" + (value.map { " = \($0.cut())" } ?? "")
  }
}

extension SysctlClaim {
  /// What becomes of it.
  fileprivate func text(under loader: BootLoader, alsoHolding other: SysctlEntry?) -> String {
    let also = entry == other && fate != .holds ? "; holds under \(loader.other.program)" : ""
    return fate.text(under: loader.loader) + also
  }
}

extension SysctlClaim.Fate {
  /// What becomes of a claim, in words.
  func text(under loader: SysctlLoader) -> String {
    switch self {
    case .holds: "holds"
    case .overridden(let entry): "overridden by \(entry.place)"
    case .yields(let entry): "a glob: yields to \(entry.place), which names the key"
    case .excluded(let entry): "excluded by \(entry.place)"
    case .excludes: "keeps globs from the key"
    case .ignored: "\(loader.program) makes nothing of it"
    case .hidden(let path): "masked by \(path)"
    case .unread: "\(loader.program) does not read this file"
    }
  }

  /// As outputs for programs spell it.
  package enum Word: String, CaseIterable {
    case holds, overridden, yields, excluded, excludes, ignored, masked, unread
  }

  package var word: Word {
    switch self {
    case .holds: .holds
    case .overridden: .overridden
    case .yields: .yields
    case .excluded: .excluded
    case .excludes: .excludes
    case .ignored: .ignored
    case .hidden: .masked
    case .unread: .unread
    }
  }

  /// What takes its place: `FILE:LINE`, or the file that hides its own.
  var shadowedBy: String? {
    switch self {
    case .overridden(let entry), .yields(let entry), .excluded(let entry): entry.place
    case .hidden(let path): path
    case .holds, .excludes, .ignored, .unread: nil
    }
  }
}

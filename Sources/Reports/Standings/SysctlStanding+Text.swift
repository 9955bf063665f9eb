package import Advisor
import SysctlFiles
import TCPModel

extension SysctlStanding.Verdict {
  package var mark: StatusMark {
    switch self {
    case .lostAtBoot: StatusMark("LOST AT BOOT", .bad)
    case .notLive: StatusMark("NOT LIVE", .bad)
    case .overridden: StatusMark("overridden", .doubtful)
    case .loadersDisagree: StatusMark("loaders disagree", .doubtful)
    case .refused: StatusMark("REFUSED", .bad)
    case .absent: StatusMark("no such key", .doubtful)
    case .notInNamespace: StatusMark("not here", .doubtful)
    case .unreadable: StatusMark("unreadable", .doubtful)
    case .configured: StatusMark("set at boot", .neutral)
    case .inForce: StatusMark("in force", .good)
    case .unset: StatusMark("not set", .neutral)
    }
  }

  /// Whether somebody should look at it.
  package var isTrouble: Bool {
    switch self {
    case .configured, .inForce, .unset: false
    case .lostAtBoot, .notLive, .overridden, .loadersDisagree, .refused, .absent, .notInNamespace,
      .unreadable:
      true
    }
  }
}

extension SysctlStanding {
  /// What is, in a clause with places.
  package var reason: String {
    switch verdict {
    case .lostAtBoot where nextBoot == nil:
      "live \(liveText), and nothing sets it at boot; the default is \(usual ?? "not known")"
        + otherLoaderNote
    case .lostAtBoot: "live \(liveText), and the next boot gives \(bootText)\(otherLoaderNote)"
    case .notLive: "live \(liveText), and the next boot gives \(bootText)"
    case .overridden: "\(entryText) in the files, and then \(bootText)"
    case .loadersDisagree:
      "\(text(of: provenance.entry)) under \(provenance.loader.loader.program),"
        + " \(text(of: provenance.otherEntry)) under \(provenance.loader.other.program)"
        + (provenance.loader.unit.mask.map { "; the first is masked (\($0))" } ?? "")
    case .refused:
      "the kernel refuses `\((writes.last?.value ?? "").cut())`"
        + " (\(writes.last?.place ?? ""))\(refusalNote)"
    case .absent: "\(entryText) in the files, but \(whyAbsent)"
    case .notInNamespace:
      "set to \(bootText) on the host, not in force in this namespace, which has \(liveText)"
        + scopeNote
    case .unreadable where isHidden: "\(bootText) on the host: \(whyAbsent)"
    case .unreadable: "\(bootText) at the next boot; the live value \(liveText)"
    case .configured: reading == nil ? bootText : "live \(liveText); the next boot: \(bootText)"
    case .inForce: "\(liveText), set by \(nextBoot?.placeText ?? "")"
    case .unset: "\(liveText); nothing sets it at boot"
    }
  }

  /// What it holds.
  var liveText: String {
    switch reading {
    case .value(let value)?:
      let text = value.printed.isEmpty ? "empty" : value.printed.cut()
      return value.printed == usual ? "\(text) (the default)" : text
    case .absent?: return "is absent"
    case .denied(let errno)?: return "could not be read (\(errno))"
    case .malformed(let text)?: return "is malformed: \(text.cut())"
    case nil: return "was not read"
    }
  }

  /// What the next boot gives, and where that stands.
  var bootText: String {
    guard let nextBoot else {
      return "\(usual.map { "\($0), the default" } ?? "the default"): nothing sets it"
    }
    return "\(nextBoot.valueText) (\(nextBoot.placeText))"
  }

  private var entryText: String { text(of: provenance.entry ?? provenance.otherEntry) }

  /// What a line gives, or the default where none does.
  func text(of entry: SysctlEntry?) -> String {
    guard let entry, let value = entry.value else {
      return usual.map { "\($0) (the default)" } ?? "the default"
    }
    return "\(value.isEmpty ? "empty" : value.cut()) (\(entry.place))"
  }

  /// Why the live value is there although the boot does not give it.
  private var otherLoaderNote: String {
    if let (act, setting) = liveOwner {
      return "; \(act.owner) sets it (\(setting.place)), but not at every boot"
    }
    guard let other = otherNextBoot, let value = reading?.printed, other.value == value,
      other != nextBoot
    else { return "" }
    let (boot, hand) = (provenance.loader.loader.program, provenance.loader.other.program)
    if let mask = provenance.loader.unit.mask {
      return "; \(other.place) says so, but \(boot) is masked (\(mask))"
    }
    return "; `\(hand)` sets it (\(other.place)), which \(boot) does not read"
  }

  private var refusalNote: String {
    guard let value = writes.last?.value, let objection = sysctl?.objection(to: value)
    else { return "" }
    return ": \(objection)"
  }

  private var scopeNote: String {
    switch sysctl?.scope(in: live.snapshot.kernel) {
    case .namespace: "; a new namespace starts with the default"
    case .copied: "; a new namespace copies the value of the first one"
    case .host, nil: ""
    }
  }

  /// Why the kernel has no such key.
  private var whyAbsent: String {
    if let retired = RetiredSysctl(named: key.rawValue), key.rawValue.contains(".") {
      return "it was \(retired.summary): \(retired.note)"
    }
    if let kernel = live.snapshot.kernel, let since = sysctl?.since, kernel < since {
      return "it came with Linux \(since); this is \(kernel)"
    }
    if let meant = SysctlCatalog.meant(by: key) {
      return "the kernel has no such key; is \(meant) meant?"
    }
    guard live.isOtherNamespace else {
      return moduleName.map { "its module, \($0), is not loaded" } ?? "the kernel has no such key"
    }
    return sysctl?.scope(in: live.snapshot.kernel) == .host
      ? "it is one for the machine, which the first network namespace alone shows"
      : "this network namespace does not show it"
  }
}

extension SysctlEntry {
  /// `FILE:LINE`.
  var place: String { FilePlace(file, line).description }
}

extension BootWrite {
  /// The place, with the owner if it is one.
  var placeText: String {
    guard let owner else { return place }
    return isReapplied ? "\(place), applied by \(owner)" : "\(owner), \(place)"
  }

  /// The value, or how it is chosen.
  var valueText: String {
    value.map { $0.isEmpty ? "empty" : $0.cut() } ?? rule?.cut() ?? "what it sees fit"
  }
}

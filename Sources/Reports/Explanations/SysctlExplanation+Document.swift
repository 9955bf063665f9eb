package import Advisor
import TCPModel

extension SysctlExplanation {
  /// All about the sysctl.
  package var document: Document {
    let document = Document(
      setting: "\(key)", sysctl.meaning, rows, in: snapshot, scenarios: scenarios,
      pitfalls: pitfalls,
      preference: preference)
    return Document(document.sections + (standing?.provenanceSections ?? []))
  }

  private var rows: [[String]] {
    var rows = [["value here", valueText], ["default", defaultText]]
    if let rangeText { rows.append(["range", rangeText]) }
    if let since = sysctl.since { rows.append(["since", "Linux \(since)"]) }
    if sysctl.readBack == .inTicks { rows.append(["read back", "rounded up to whole ticks"]) }
    rows.append(["scope", scopeText])
    rows.append(["new namespace", newNamespace])
    rows.append(["takes effect", sysctl.takesEffect.text])
    if let turnover { rows.append(["comes to", turnover.text]) }
    return rows
  }

  /// What the range of local ports is good for.
  private var turnover: PortTurnover? {
    [.ipLocalPortRange, .ipLocalReservedPorts].contains(key) ? PortTurnover(in: snapshot) : nil
  }

  private var valueText: String {
    switch reading {
    case .value:
      let printed = reading.text
      let value = printed.isEmpty ? "empty" : printed + sysctl.unit.suffix
      return printed == self.usual ? "\(value), the default" : value
    case .absent: return "absent\(whyAbsent)"
    case .denied(let errno): return "could not be read: \(errno)"
    case .malformed(let text): return "malformed: \(text)"
    }
  }

  private var whyAbsent: String {
    if !ofDevices.isEmpty {
      let settings = ofDevices.map { "\($0.device) \($0.reading.text)" }
      return ", its devices decide: \(settings.joined(separator: ", "))"
    }
    if let kernel = snapshot.kernel, !sysctl.exists(in: kernel) {
      return ": Linux \(kernel) does not have it"
    }
    return snapshot.namespace == nil
      ? ": not in what was captured"
      : ": this network namespace does not show it, or its module is not loaded"
  }

  private var defaultText: String {
    let defaults = sysctl.defaults
    guard let last = defaults.last else { return "computed from the machine" }
    let value = last.value.isEmpty ? "empty" : last.value + sysctl.unit.suffix
    guard defaults.count > 1, let since = last.since else { return value }
    let earlier = defaults.dropLast().reversed().map { since, value in
      "before \(value)\(sysctl.unit.suffix)" + (since.map { " since Linux \($0)" } ?? "")
    }
    return "\(value) since Linux \(since), \(earlier.joined(separator: ", "))"
  }

  private var rangeText: String? {
    if sysctl.isKeptInJiffies, range == nil {
      return "what fits into 32 bits of timer ticks"
    }
    guard let range else { return nil }
    let text = "\(range.lowerBound) to \(range.upperBound)\(sysctl.unit.suffix)"
    return rangeCheckedSince.map { "\(text); releases before \($0) may take more" } ?? text
  }

  private var scopeText: String {
    guard sysctl.isPerNamespace else { return "one for the whole machine" }
    let isOfTable = key.rawValue.split(separator: ".").contains("neigh")
    let whose = isOfTable ? ", for each device" : ""
    let since =
      sysctl.namespacedSince.map { " since Linux \($0), before one for the machine" } ?? ""
    return "one per network namespace\(whose)\(since)"
  }

  private var newNamespace: String {
    switch scope {
    case .namespace: "starts with the default, not with the host's value"
    case .copied: "copies the value of the first namespace"
    case .host: "sees the same, or nothing"
    case nil: "unknown: it depends on the kernel release"
    }
  }
}

import Advisor
import TCPModel

extension PlatformShare {
  /// What stands at the top of a file: what all files of the host say, and what does not arrive.
  func head(of file: String, _ advice: String) -> String {
    whole.head(of: file)
      + ([advice] + remarks + unmet.map { "Not met: \($0)" }).filter { !$0.isEmpty }
      .map { "#\n" + CommentWrapper.fold($0) }.joined()
  }

  /// What is to be known of where the sysctls arrive, and of those that do not arrive as planned and
  /// are not missed.
  var remarks: [String] {
    [placeText, needlessText, defaultsText].compactMap(\.self)
      + objected.filter { !isDefault($0) && !isMissed($0) }.map { objected in
        ([reason(objected)] + objected.findings.map(\.unmetText)).joined(separator: "; ") + "."
      }
  }

  /// What is missed because of it, and what to do about it.
  var unmet: [String] {
    missed.map { finding in
      let causes = objected.filter { objected in
        objected.findings.contains { $0.id == finding.id }
      }
      return
        ([finding.unmetText, reasons(causes), instead(of: causes, finding)]
        .filter { !$0.isEmpty }).joined(separator: "; ")
    }
  }

  private var placeText: String? {
    switch platform.place {
    case .namespace: nil
    case .node:
      "Set on the node itself. A pod has a network namespace of its own, which begins with the"
        + " kernel's defaults, unless it runs with hostNetwork: emit kubernetes-pod writes what such"
        + " a pod asks for."
    case .nodeAndPods: "Set on the node and in the network namespaces of its pods."
    }
  }

  /// Whether nothing comes of it: the default holds where nobody sets another value.
  private func isDefault(_ objected: Objected) -> Bool {
    switch objected.objection {
    case .cut, .adjusted: false
    case .oneForAll, .noField, .unfit, .needless: !objected.change.isChange
    }
  }

  private func isMissed(_ objected: Objected) -> Bool {
    objected.findings.contains { finding in missed.contains { $0.id == finding.id } }
  }

  private var needlessText: String? {
    let left = objected.filter { $0.objection == .needless }.map(\.change.assignment)
    return left.isEmpty
      ? nil
      : "Left out, because a new network namespace has it by itself and the kubelet would have to"
        + " allow it: \(left.listed)."
  }

  private var defaultsText: String? {
    let left = objected.filter {
      isDefault($0) && !isMissed($0) && $0.objection != .needless
    }.map(\.change.assignment)
    return left.isEmpty
      ? nil
      : "Cannot be set here, and is right as long as it is the kernel's default: \(left.listed)."
  }

  /// Why they do not arrive as planned.
  private func reasons(_ causes: [Objected]) -> String {
    let lacking = causes.filter { $0.objection == .noField }.map {
      "\($0.change.key) (planned: \($0.change.to))"
    }
    let others = causes.filter { $0.objection != .noField }.map(reason)
    return ((lacking.isEmpty ? [] : ["\(platform.name) has no \(lacking.listed)"]) + others)
      .joined(separator: "; ")
  }

  /// Why it does not arrive as planned.
  private func reason(_ objected: Objected) -> String {
    let change = objected.change
    let range = platform.field(change.key)?.kind.text ?? ""
    return switch objected.objection {
    case .noField: reasons([objected])
    case .unfit: "\(platform.name) takes \(change.key) \(range) (planned: \(change.to))"
    case .cut(let value):
      "\(platform.name) takes \(change.key) \(range) (planned: \(change.to), set: \(value))"
    case .oneForAll(let kernels):
      "\(change.key) is one for the whole node"
        + (kernels.count < whole.kernels.count
          ? " on Linux \(kernels.map(\.description).listed)" : "")
        + " (planned: \(change.to))"
    case .adjusted(let value): "\(change.key) goes with that (planned: \(change.to), set: \(value))"
    case .needless: "a new network namespace has \(change.assignment) by itself"
    }
  }

  /// How else the keys get there, and what that gives.
  private func instead(of causes: [Objected], _ finding: Finding) -> String {
    let ways = platform.detours.compactMap { detour in causes.compactMap { text(detour, $0) }.first
    }
    let better = causes.compactMap { SysctlCatalog[$0.change.key]?.preference?.firstClause }
    let all = ways + Set(better).sorted()
    guard !all.isEmpty else { return "" }
    let planned = causes.lazy.flatMap(\.change.effects).first {
      $0.group == finding.group && $0.objective.scenario == finding.scenario
    }
    return "instead: \(all.joined(separator: "; or "))"
      + (planned.map { "; as planned: \($0.after.text)" } ?? "")
  }

  private func text(_ detour: Platform.Detour, _ objected: Objected) -> String? {
    switch detour {
    case .node:
      if case .oneForAll = objected.objection { "emit sysctl on the node" } else { nil }
    case .pod(let kubelet):
      objected.change.key.isPerNamespace(in: whole.kernels)
        ? "emit kubernetes-pod for each pod" + permission(of: objected.change.key, kubelet) : nil
    case .daemonSet: "a privileged DaemonSet that writes /proc/sys on the node"
    }
  }
}

extension PlatformShare {
  private func permission(of key: SysctlKey, _ kubelet: String) -> String {
    Platform.kubernetesPod.permitted?[key].map { " (Kubernetes \($0) and later)" }
      ?? ", which the kubelet must allow (\(kubelet))"
  }
}

extension String {
  fileprivate var firstClause: String { String(prefix { $0 != ";" }) }
}

extension SysctlKey {
  fileprivate func isPerNamespace(in kernels: [KernelVersion]) -> Bool {
    kernels.allSatisfy { isPerNamespace(in: $0) }
  }
}

extension Plan.SysctlChange {
  /// `net.ipv4.tcp_retries2 = 8`.
  fileprivate var assignment: String { "\(key) = \(to)" }
}

extension Platform.Field.Kind {
  /// `30 to 432000`.
  fileprivate var text: String {
    switch self {
    case .number(nil), .text: "any value"
    case .flag: "as on or off"
    case .number(let range?): "from \(range.text)"
    case .numbers(let ranges): "from " + ranges.map(\.text).joined(separator: " and ")
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var text: String { "\(lowerBound) to \(upperBound)" }
}

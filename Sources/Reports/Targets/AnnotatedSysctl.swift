import Advisor
import TCPModel

/// A planned sysctl with all that is said of it where it is set, as every target of the host shares it.
struct AnnotatedSysctl {
  /// What it changes in one scenario of one group.
  struct Effect {
    /// Seconds before and after, what the program is taken to set, and what was asked.
    let text: String
    /// Nil where it stood at an earlier key already: keys that serve one objective share it.
    let reason: Reason?
  }

  /// Why a number is what it is, and where that is written.
  struct Reason {
    let why: String
    let source: String?

    init?(_ why: String?, _ source: String?) {
      guard let why else { return nil }
      (self.why, self.source) = (why, source)
    }

    var text: String { "why: \(why)" + (source.map { " [\($0)]" } ?? "") }
  }

  let key: SysctlKey
  /// As `/proc` prints it.
  let value: String
  /// What it means, in a line.
  let meaning: String
  /// What the kernel has by itself, with its unit, or what the plan has that is taken back; nil where
  /// that is not known.
  let defaultText: String?
  /// Why the profile names the key itself.
  let reason: Reason?
  let effects: [Effect]
  /// The device on the path that bounds it, the one that forgets first.
  let middlebox: Middlebox?

  /// All that is said of it: a paragraph each.
  var paragraphs: [String] {
    [meaning + (defaultText.map { " (\($0))" } ?? "")] + [reason?.text].compactMap(\.self)
      + [middlebox?.boundText]
      .compactMap(\.self)
      + effects.flatMap { [$0.text] + [$0.reason?.text].compactMap(\.self) }
  }
}

extension Middlebox {
  /// What it does to a silence before a probe.
  var boundText: String { "at most half of the \(idleTimeout.text) after which \(name) forgets" }
}

extension PortablePlan {
  /// The sysctls to set, in the order of the plan.
  var annotatedSysctls: [AnnotatedSysctl] {
    var mentioned: Set<Objective> = []
    return plan.sysctls.map { change in
      let unit = SysctlCatalog[change.key]?.unit.suffix ?? ""
      return AnnotatedSysctl(
        key: change.key, value: change.to.printed,
        meaning: change.key.comment ?? "requested by the profile",
        defaultText: change.from.value.map { before in
          if restoration != nil { return "\(before)\(unit) by the plan" }
          return before == change.to ? "the default" : "default \(before)\(unit)"
        },
        reason: change.requirement.flatMap { AnnotatedSysctl.Reason($0.why, $0.source) },
        effects: change.effects.map { AnnotatedSysctl.Effect($0, &mentioned) },
        middlebox: change.middlebox)
    }
  }
}

extension AnnotatedSysctl.Effect {
  fileprivate init(_ effect: Plan.Effect, _ mentioned: inout Set<Objective>) {
    let who = effect.basis.isEmpty ? "" : ", with \(effect.basis.text)"
    let asked = effect.asked.map { "; requested: \($0)" } ?? ""
    let isFirst = mentioned.insert(effect.objective).inserted
    text = "\(effect.group): \(effect.text)\(who)\(asked)"
    reason =
      isFirst ? AnnotatedSysctl.Reason(effect.objective.why, effect.objective.source) : nil
  }
}

import SysctlFiles
import TCPModel

extension LintRule {
  /// Dots and slashes mixed in a name.
  static let mixedSeparators = LintRule(
    "TA028", "mixed-separators", .error,
    why:
      "The first separator decides: after a slash dots belong to a name, after a dot slashes do.",
    source: "sysctl.d(5)",
    remedy: "Write dots alone, or slashes alone.",
    isFixable: true,
    .assignments { assignment, context in
      let name = assignment.name.utf8
      guard name.contains(UInt8(ascii: "/")), name.contains(UInt8(ascii: ".")),
        let key = assignment.key, !context.isKnown(key)
      else { return nil }
      let dotted = String(assignment.name.map { $0 == "/" ? "." : $0 }.drop { $0 == "." })
      guard context.isKnown(SysctlKey(dotted)) else { return nil }
      let line = "\(assignment.hasHyphen ? "-" : "")\(dotted) = \(assignment.value)"
      let fix = assignment.isLine ? LintFix.line(assignment.place.line, [line]) : nil
      return LintHit(
        "\(assignment.name): dots and slashes mean different things in one name",
        remedy: "Write \(dotted).", fix: fix)
    }
  )
}

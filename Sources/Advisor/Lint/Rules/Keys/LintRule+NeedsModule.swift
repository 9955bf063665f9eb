import SysctlFiles
import TCPModel

extension LintRule {
  /// A key that is there only once a module is loaded.
  static let needsModule = LintRule(
    "TA031", "needs-module", .warning,
    why: "Loaded before the module, the setting is lost: the key is not there yet.",
    source: "sysctl.d(5), modules-load.d(5)",
    remedy: "Name the module in a file of /etc/modules-load.d.",
    .file { file, context in
      let isKnown = context.host.modules != nil
      let needed = Dictionary(grouping: file.assignments.filter(\.mayNeedModule)) {
        $0.key?.module ?? ""
      }
      return needed.compactMap { module, assignments in
        guard context.host.modules?.contains(module) != true,
          let first = assignments.first(where: { context.retired($0) == nil })
        else { return nil }
        let others = assignments.count > 1 ? " and \(assignments.count - 1) more are" : " is"
        return LintHit(
          "\(first.shortName)\(others) there only once the module \(module) is loaded"
            + (isKnown ? ", which no file of modules-load.d names" : ""),
          at: first.place, key: first.name, severity: isKnown ? nil : .note,
          remedy: "Put the line \(module) into /etc/modules-load.d/\(module).conf.")
      }
    }
  )
}

extension LintAssignment {
  fileprivate var mayNeedModule: Bool { !target.isNamespace && key?.module != nil }
}

import SysctlFiles

extension LintRule {
  /// A line that a later file takes the effect from.
  static let overriddenByFile = LintRule(
    "TA037", "overridden-by-file", .warning,
    why:
      "Files are applied in the order of their names, whatever the directory: the last one holds.",
    source: "sysctl.d(5)",
    remedy: "Keep the line that is meant, or give its file a later name.",
    .file { file, context in
      file.assignments.compactMap { assignment in
        let place = LintClaimPlace(file: file.path, line: assignment.place.line)
        guard let claim = context.shadowed[place], case .overridden(let winner) = claim.fate,
          winner.file != file.path, winner.value != assignment.value,
          file.isOfVendor == false || winner.file.contains("lib/sysctl.d/")
        else { return nil }
        return LintHit(
          "\(assignment.text) does not hold: \(winner.file):\(winner.line) sets"
            + " \((winner.value ?? "").prefix(60))",
          at: assignment.place, key: assignment.name)
      }
    }
  )
}

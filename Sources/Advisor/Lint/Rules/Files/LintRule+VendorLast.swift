import TCPModel

extension LintRule {
  /// A file of a vendor that comes after those of administrators.
  static let vendorLast = LintRule(
    "TA012", "vendor-comes-last", .note,
    why: "Files are applied in the order of their names, whatever the directory: 99-… leaves little"
      + " room behind it.",
    source: "sysctl.d(5): vendors use names from 10 to 50, administrators from 60 to 90",
    remedy: "Name it with a number from 10 to 50.",
    .file { file, context in
      // Who administers a host has not named the files of its vendor.
      guard !context.group.isHost, file.isDropIn, file.isOfVendor, file.name.hasPrefix("99-"),
        !file.assignments.isEmpty
      else { return [] }
      return [
        LintHit(
          "\(file.name) is applied after files of administrators such as 60-local.conf, and overrides them",
          remedy:
            "The vendor names it with a number from 10 to 50; until then a file of the same name in"
            + " /etc/sysctl.d takes its place.")
      ]
    }
  )
}

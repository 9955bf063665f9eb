import Advisor
import InputFiles
import Reports
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// Each way to read a file that is linted.
  static let lint = [
    FuzzTarget("lint-sysctl", rate: 200) { (bytes) throws(FuzzFault) in
      for path in ["input.conf", "/etc/sysctl.d/input.conf"] {
        let file = LintFile(sysctls: bytes, path: path)
        try check(file)
        try checkFixes(of: file)
      }
    },
    FuzzTarget("lint-script", rate: 200) { (bytes) throws(FuzzFault) in
      try check(LintFile(script: bytes, path: "input.sh"))
    },
    FuzzTarget("lint-nix", rate: 200) { (bytes) throws(FuzzFault) in
      try check(LintFile(nix: bytes, path: "input.nix"))
    },
    FuzzTarget("lint-tuned", rate: 200) { (bytes) throws(FuzzFault) in
      try check(LintFile(tuned: bytes, path: "tuned.conf"))
    },
    FuzzTarget("lint-yaml", rate: 200) { (bytes) throws(FuzzFault) in
      let content: SysctlsInYAML.Content
      do throws(ProfileError) {
        content = try SysctlsInYAML.content(of: bytes, file: "input.yaml")
      } catch {
        return try error.check(in: bytes)
      }
      try check(
        LintFile(
          other: bytes, path: "input.yaml", content.assignments, template: content.template))
    },
    FuzzTarget("lint-programs", rate: 200) { (bytes) throws(FuzzFault) in
      // The first line names the format.
      let lines = bytes.split(
        separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(decoding: lines[0], as: UTF8.self)
      let text = lines.count > 1 ? Array(lines[1]) : []
      guard let format = formats[name] else { return }
      let file: LintFile
      do throws(ProfileError) {
        file = try LintFile(reading: text, path: "input", as: format)
      } catch {
        return try error.check(in: text)
      }
      try check(file)
    },
  ]

  private static let formats: [String: ConfigurationFormat] = {
    let known = (try? ConfigurationFormat.known()) ?? []
    precondition(!known.isEmpty, "the catalogue of files cannot be read")
    return Dictionary(known.map { ($0.name, $0) }) { $1 }
  }()

  private static let lintedKernels = [KernelVersion(5, 10), SampleHosts.kernel]

  /// Lints a file alone, and prints what was found in every format.
  private static func check(_ file: LintFile) throws(FuzzFault) {
    let linter = Linter(for: lintedKernels)
    var found = LintFindings(by: linter)
    found.add(LintGroup([file]))
    let report = LintReport(of: found, kernels: lintedKernels, troubles: [])
    try FormatText.check(report.text(TextLayout(isColoured: false)), as: "text")
    try FormatText.check(report.json.text, as: "json")
    for format in AnnotationFormats.all {
      try FormatText.check(format.text(of: report.annotations), as: format.name)
    }
  }

  /// What was mended once needs no mending.
  private static func checkFixes(of file: LintFile) throws(FuzzFault) {
    let fixer = LintFixer(Linter(for: lintedKernels))
    let fixed = fixer.fixed(file)
    if fixed == file.text.bytes { return }
    _ = UnifiedDiff(of: file.path, from: file.text.bytes, to: fixed).text
    if fixer.fixed(file.holding(fixed)) != fixed {
      throw FuzzFault("what was mended is mended again")
    }
  }
}

import Advisor
import SysctlFiles

/// How many findings there are of each kind.
struct FindingsSummary {
  private let findings: [Finding]
  /// Nil where no files were judged.
  private let boot: BootSequence?

  init(of findings: [Finding], _ run: FindingsRun) { (self.findings, boot) = (findings, run.boot) }

  private var required: [Finding] { findings.filter { !$0.isOnFiles } }

  /// `4 checked, 1 missed, 0 unknown`.
  var requirements: String {
    let (missed, unknown) = (required.count(where: \.isMissed), required.count(where: \.isUnknown))
    return "\(required.count) checked, \(missed) missed, \(unknown) unknown"
  }

  /// `3 files read by systemd-sysctl: 1 error`; nil where nobody has looked at them.
  var onFiles: String? {
    boot.map { boot in
      let counts = [Finding.Severity.error, .warning, .notice].compactMap { severity -> String? in
        let count = findings.count { $0.isOnFiles && $0.isMissed && $0.severity == severity }
        return count == 0 ? nil : count.counted(severity.rawValue)
      }
      let unread = findings.count { $0.isOnFiles && $0.isUnknown }
      let words = counts + (unread == 0 ? [] : ["\(unread) unknown"])
      let found = words.isEmpty ? "nothing found" : words.joined(separator: ", ")
      let files = boot.load.files.count.counted("file")
      return "\(files) read by \(boot.settings.loader.text): \(found)"
    }
  }
}

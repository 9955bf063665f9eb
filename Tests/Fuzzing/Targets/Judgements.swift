import Advisor
import InputFiles
import Reports
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// A profile, held against a host that is part of the input: `=== host` begins what was captured
  /// of it, `=== profile` the profile; in every format of `check`.
  static let judgements = FuzzTarget("judgements", rate: 400) { (bytes) throws(FuzzFault) in
    guard let (profile, host) = JudgedInput.read(bytes) else { return }
    let findings = Advice(for: [profile], on: host, baselines: [], ifMissed: true).findings
    let run = FindingsRun(
      host: host.snapshot, phase: .current, layout: TextLayout(isColoured: false))
    for reporter in FindingsReporters.all {
      try FormatText.check(reporter.text(of: findings, run), as: reporter.name)
    }
  }
}

/// An input that has a profile and a host.
enum JudgedInput {
  /// Nil where one of both is refused.
  static func read(_ bytes: [UInt8]) -> (Profile, Host)? {
    let parts = InputParts(bytes)
    guard let profile = profile(parts["profile"] ?? bytes) else { return nil }
    guard let captured = parts["host"] else { return (profile, SampleHosts.stock) }
    guard let snapshot = snapshot(captured), let host = try? Host(snapshot.assumingDefaults())
    else { return nil }
    return (profile, host)
  }

  static func profile(_ bytes: [UInt8]) -> Profile? {
    try? ProfileReader.profile(from: ProfileSource(file: "input.yaml", bytes: bytes))
  }

  private static func snapshot(_ bytes: [UInt8]) -> SettingsSnapshot? {
    if bytes.first == UInt8(ascii: "{") {
      return try? SettingsSnapshot(decoding: bytes, source: "input")
    }
    return try? CapturedText(parsing: bytes).snapshot(source: "input")
  }
}

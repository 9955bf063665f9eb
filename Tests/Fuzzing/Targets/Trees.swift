import Advisor
import Reports
import SysctlFiles
import TCPModel

extension FuzzTarget {
  /// The files of a host: `=== PATH` begins each; what sets sysctls at boot, and how keys stand.
  static let trees = FuzzTarget("trees", rate: 250) { (bytes) throws(FuzzFault) in
    let host = InputHost(InputParts(bytes))
    let sequence = BootSequence(of: BootSettings(host.configuration, on: host))
    let live = LiveSettings(SampleHosts.stock.snapshot)
    let keys = Set(sequence.keys + [.tcpRetries2, .tcpSynRetries]).sorted()
    let standings = keys.map { SysctlStanding(sequence.provenance(of: $0), on: live) }
    for loader in SysctlLoader.allCases {
      let load = host.configuration.load(by: loader)
      _ = load.shadowed
      for key in load.keys { _ = load.claims(on: key) }
    }
    _ = sequence.settings.overrides(of: "60-test.conf", setting: [.tcpRetries2: 8])
    _ = sequence.settings.unreadableFiles(after: "60-test.conf")
    let report = StandingsReport(
      standings, of: sequence, on: live, isDetailed: false, isWhole: true)
    try FormatText.check(report.document.text(TextLayout(isColoured: false)), as: "text")
    try FormatText.check(report.json.text, as: "json")
    let linter = Linter(for: [SampleHosts.kernel])
    let boot = BootFiles(
      sequence, standings, on: live, judgedBy: linter, areKnownToBoot: true)
    _ = boot.findings(beside: [], for: [SampleProfiles.server])
  }
}

/// A host that has the files of an input and nothing else.
private struct InputHost: HostFiles {
  private let files: [String: [UInt8]]

  init(_ input: InputParts) {
    files = Dictionary(input.parts.map { ($0.name, $0.bytes) }) { $1 }
  }

  var configuration: SysctlConfiguration {
    var directories: [SysctlDirectory: [ConfigurationFile]] = [:]
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
      guard let directory = SysctlDirectory(rawValue: folder) else { continue }
      directories[directory, default: []].append(Self.file(path, bytes))
    }
    return SysctlConfiguration(
      files: directories,
      mainFile: files["/etc/sysctl.conf"].map { Self.file("/etc/sysctl.conf", $0) })
  }

  private static func file(_ path: String, _ bytes: [UInt8]) -> ConfigurationFile {
    ConfigurationFile(path, .text(SysctlFile(parsing: bytes)))
  }

  func content(of path: String) -> HostFileContent? {
    files[path].map { .text(String(decoding: $0, as: UTF8.self)) }
  }

  func names(in directory: String) -> [String] {
    let names = files.keys.filter { $0.hasPrefix(directory + "/") }
      .compactMap { $0.dropFirst(directory.count + 1).split(separator: "/").first }
    return Set(names.map(String.init)).sorted()
  }

  func exists(_ path: String) -> Bool { files[path] != nil }
  func shown(_ path: String) -> String { path }
}

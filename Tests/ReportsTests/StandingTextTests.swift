import Advisor
import Foundation
import Reports
import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct StandingTextTests {
  private static let files = [
    "/etc/sysctl.d/60-app.conf": """
    net.ipv4.tcp_retries2 = 8
    net.ipv4.tcp_keepalive_time=60 # one minute
    net.ipv4.tcp_tw_recycle = 1
    net.netfilter.nf_conntrack_max = 1000000
    net.ipv4.tcp_syn_retries = 200
    what is this
    -net.ipv4.tcp_fin_timeout = 20
    net.core.somaxconn = 4096
    """,
    "/etc/sysctl.conf": "net.ipv4.tcp_retries2 = 5\nnet.ipv4.tcp_synack_retries = 3\n",
    "/usr/lib/sysctl.d/50-default.conf": "net.ipv4.tcp_retries2 = 10\n",
    "/usr/lib/sysctl.d/60-app.conf": "net.ipv4.tcp_retries2 = 11\n",
    "/etc/ufw/sysctl.conf": "net/ipv4/tcp_fin_timeout=30\n",
  ]

  private func report(
    of keys: [SysctlKey]? = nil, isFirstNamespace: Bool = true, isRead: Bool = true
  ) -> StandingsReport {
    var settings = ConfigurationTree(Self.files).settings
    settings.loader = BootLoader(.systemdRuns)
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    snapshot[.tcpSynackRetries] = .value(3)
    snapshot[.tcpFinTimeout] = .value(30)
    if !isFirstNamespace { snapshot[LiveSettings.keyOfFirstNamespace] = .absent }
    let sequence = BootSequence(of: settings)
    let live = LiveSettings(
      snapshot, isRead: isRead, prefix: isFirstNamespace ? nil : "nsenter -t 4242 -n ")
    return StandingsReport(
      (keys ?? sequence.keys).map { SysctlStanding(sequence.provenance(of: $0), on: live) },
      of: sequence, on: live, isDetailed: keys != nil, isWhole: false)
  }

  private func text(_ report: StandingsReport, width: Int = 80) -> String {
    report.document.text(TextLayout(isColoured: false, width: width))
  }

  @Test func `recorded texts: files of a host`() throws {
    try expectSnapshot(text(report()), named: "files-host.txt")
  }

  @Test func `recorded texts: files of a key`() throws {
    try expectSnapshot(text(report(of: [.tcpRetries2, .tcpFinTimeout])), named: "files-key.txt")
  }

  @Test func `recorded texts: files of the host and another namespace`() throws {
    try expectSnapshot(text(report(isFirstNamespace: false)), named: "files-namespace.txt")
  }

  @Test func `recorded texts: files of an image`() throws {
    try expectSnapshot(text(report(isRead: false)), named: "files-image.txt")
  }

  @Test(arguments: [40, 80, 160])
  func `files: lines are as wide as asked, but for paths`(width: Int) {
    for line in text(report(), width: width).split(separator: "\n") where line.count > width {
      let longest = line.split(separator: " ").map(\.count).max() ?? 0
      #expect(longest > width / 2, "\(line)")
    }
  }

  @Test(arguments: [
    ("it's", "net.x.y='it'\\''s'"), ("1 2", "net.x.y='1 2'"), ("5", "net.x.y=5"),
    ("$(reboot)", "net.x.y='$(reboot)'"), ("", "net.x.y=''"),
  ])
  func `files: a command can be typed into a shell`(value: String, expected: String) {
    let command = StandingRemedy.apply(SysctlKey("net.x.y"), value: value).command(prefix: nil)
    #expect(command == "sysctl -w \(expected)")
  }
}

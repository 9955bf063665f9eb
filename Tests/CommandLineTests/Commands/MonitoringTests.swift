import Foundation
import TemporaryFolders
import Testing

/// What is shipped to watch hosts with: systemd units, Prometheus' rules, and Grafana's dashboard, each
/// held against the program that it is for.
struct MonitoringTests {
  private static let rules = "\(Machine.package)/Packaging/prometheus/tcpadvisor.rules.yml"
  private static let dashboard = "\(Machine.package)/Packaging/grafana/tcpadvisor.json"

  /// Puts into a folder what `make install` installs, with the binary of the tests.
  private static func install() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let run = try Run(
      [
        "/usr/bin/env", "make", "-s", "-C", Machine.package, "install", "PREFIX=\(folder.path)",
        "BINARY=\(Machine.executable)",
      ])
    try #require(run.code == 0, "\(run.output)\(run.complaint)")
    return folder
  }

  @Test(Machine.needs("make"))
  func `install: units run the binary that lies beside them, and uninstall leaves no file`() throws
  {
    let folder = try Self.install()
    let shipped = [
      "share/tcpadvisor/prometheus/tcpadvisor.rules.yml",
      "share/tcpadvisor/grafana/tcpadvisor.json",
      "lib/systemd/system/tcpadvisor-check.timer",
    ]
    for file in shipped {
      let source = file.replacing("share/tcpadvisor", with: "").replacing("lib", with: "")
        .replacing("/system/", with: "/")
      #expect(
        try folder.bytes(file)
          == Array(Data(contentsOf: URL(fileURLWithPath: "\(Machine.package)/Packaging/\(source)")))
      )
    }
    let unit = String(
      decoding: try folder.bytes("lib/systemd/system/tcpadvisor-check.service"), as: UTF8.self)
    #expect(unit.contains("\nExecStart=\(folder.path)/bin/tcpadvisor check "))
    #expect(!unit.contains("/usr/bin/tcpadvisor"))
    let run = try Run([
      "/usr/bin/env", "make", "-s", "-C", Machine.package, "uninstall", "PREFIX=\(folder.path)",
    ])
    #expect(run.code == 0)
    #expect(try Run(["/usr/bin/env", "find", folder.path, "-type", "f"]).output == "")
  }

  @Test(Machine.needs("make", "systemd-analyze"))
  func `units: systemd-analyze finds nothing wrong, and little that is exposed`() throws {
    let folder = try Self.install()
    let units = "\(folder.path)/lib/systemd/system"
    let verified = try Run([
      "/usr/bin/env", "systemd-analyze", "verify", "--man=no", "\(units)/tcpadvisor-check.service",
      "\(units)/tcpadvisor-check.timer",
    ])
    // It complains of other units of the machine, too.
    let complaints = verified.complaint.split(separator: "\n").filter { $0.contains("tcpadvisor") }
    #expect(verified.code == 0 && complaints.isEmpty, "\(verified.complaint)")
    let exposed = try Run([
      "/usr/bin/env", "systemd-analyze", "security", "--offline=true", "--threshold=15",
      "--no-pager", "\(units)/tcpadvisor-check.service",
    ])
    #expect(exposed.code == 0, "\(exposed.output)")
  }

  @Test(
    Machine.needs("make", "/lib/systemd/systemd"),
    .enabled("systemd cannot be booted in namespaces here") { canBoot })
  func
    `units: under systemd the sandbox hides nothing, a failure leaves the file, the timer is off`()
    throws
  {
    let folder = try Self.install()
    let run = try Run([
      "/usr/bin/timeout", "-s", "KILL", "120", "sh", Machine.fixture("monitoring/boot.sh"),
      folder.path,
    ])
    #expect(
      run.output == """
        timer: disabled, inactive
        service: success, tcpadvisor.prom, 644 root
        as outside of its sandbox
        wrong profile: exit-code, the file stands
        two profiles: database-client files server
        timer: enabled, active, tcpadvisor.prom

        """, "\(run.complaint)")
  }

  /// Whether root may mount what a boot needs.
  private static let canBoot =
    geteuid() == 0
    && (try? Run([
      "/usr/bin/env", "unshare", "-mpnuiC", "--fork", "--kill-child", "sh", "-euc",
      """
      mount -t tmpfs none /mnt
      mkdir /mnt/upper /mnt/work /mnt/merged
      mount -t overlay overlay /mnt/merged -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work
      mount -t proc proc /mnt/merged/proc
      mount -t cgroup2 none /mnt/work
      """,
    ]).code) == 0

  @Test(Machine.needs("promtool"))
  func `rules: promtool takes them, and each alert fires when it should, with seconds and remedy`()
    throws
  {
    let promtool = try #require(Machine.program("promtool"))
    let checked = try Run([promtool, "check", "rules", "--lint-fatal", Self.rules])
    #expect(checked.code == 0, "\(checked.output)\(checked.complaint)")
    let folder = try TemporaryFolder()
    for file in [Self.rules, Machine.fixture("monitoring/rules.test.yml")] {
      try folder.write(
        URL(fileURLWithPath: file).lastPathComponent,
        try String(contentsOfFile: file, encoding: .utf8))
    }
    let tested = try Run([promtool, "test", "rules", "rules.test.yml"], in: folder.path)
    #expect(tested.code == 0, "\(tested.output)\(tested.complaint)")
  }

  @Test(
    Machine.needs(module: "grafana_foundation_sdk"))
  func `dashboard: every field is one that Grafana knows`() throws {
    let run = try Run([
      EmittedTargets.python, Machine.fixture("monitoring/dashboard.py"), Self.dashboard,
    ])
    #expect(run.code == 0 && run.output == "", "\(run.output)\(run.complaint)")
  }

  @Test(
    Machine.needs("prometheus", "prometheus-node-exporter", "ip"),
    .enabled("only root may mount") { EmittedTargets.canMount })
  func `live: series arrive, alerts fire for the host that drifts, the dashboard has data`() throws
  {
    let folder = try TemporaryFolder()
    let run = try Run(
      [
        "/usr/bin/timeout", "-s", "KILL", "400", "unshare", "-mnp", "--fork", "--kill-child",
        "--mount-proc", EmittedTargets.python, Machine.fixture("monitoring/live.py"),
        Machine.sharedExecutable, Self.rules, Self.dashboard, folder.path,
      ])
    let steps = run.lines.filter { !$0.hasPrefix("  ") }
    #expect(
      steps.joined(separator: "\n") == """
        as emitted: no alert
        b drifted: TCPAdvisorDrift b, TCPAdvisorObjectiveMissed b
        panels without data: none
        b loaded again: no alert
        c is not judged any more: TCPAdvisorStale c
        the file of c is gone: TCPAdvisorGone c

        """, "\(run.output)\(run.complaint)")
    #expect(
      run.output.contains(
        "  missed: Wanted within 15m 0s: ends after 2 h 11 min–2 h 14 min, 1 h 58 min late. What would help: tcp_keepalive_time = 180 gives 14 min"
      ))
    #expect(run.output.contains("  drift: Here 2h 13m 3"))
  }
}

import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct SysctlOwnerTests {
  private static let wants = "/etc/systemd/system/multi-user.target.wants"

  private static func enabled(_ service: String) -> [String: String] {
    ["\(wants)/\(service).service": ""]
  }

  /// What an owner sets: `file:line key=value`, and whether at boot.
  private func settings(_ files: [String: String]) -> [String] {
    ConfigurationTree(files).settings.acts.flatMap { act in
      act.settings.map { setting in
        let name = setting.pattern.key?.rawValue ?? setting.pattern.glob?.path ?? ""
        let place = setting.line.map { "\(setting.file):\($0)" } ?? setting.file
        return "\(act.owner) \(place) \(name)=\(setting.value ?? setting.rule ?? "?")"
      }
    }
  }

  private func act(_ files: [String: String]) -> OwnerAct? {
    ConfigurationTree(files).settings.acts.first
  }

  @Test func `owners: nothing is said of owners that are not there`() {
    #expect(settings([:]).isEmpty)
    #expect(settings(["/etc/sysctl.conf": "net.ipv4.tcp_retries2 = 5\n"]).isEmpty)
  }

  // MARK: TuneD

  private static let profile = """
    [main]
    summary=for tests
    include=base

    [sysctl]
    # a remark
    net.ipv4.tcp_keepalive_time = 60 # one minute
    net.ipv4.tcp_rmem="4096 131072 16777216"
    net.core.somaxconn=>2048
    net.ipv4.tcp_fin_timeout=${fin}
    """

  @Test func `TuneD: the active profile counts, on top of those it includes`() {
    let files = [
      "/etc/tuned/active_profile": "mine\n", "/etc/tuned/mine/tuned.conf": Self.profile,
      "/usr/lib/tuned/base/tuned.conf":
        "[sysctl]\nnet.ipv4.tcp_keepalive_time=600\nvm.swappiness=10\n[disk]\nreadahead=4096\n",
    ]
    #expect(
      settings(files) == [
        "TuneD /usr/lib/tuned/base/tuned.conf:3 vm.swappiness=10",
        "TuneD /etc/tuned/mine/tuned.conf:7 net.ipv4.tcp_keepalive_time=60",
        "TuneD /etc/tuned/mine/tuned.conf:8 net.ipv4.tcp_rmem=4096 131072 16777216",
        "TuneD /etc/tuned/mine/tuned.conf:9 net.core.somaxconn=>2048",
        "TuneD /etc/tuned/mine/tuned.conf:10 net.ipv4.tcp_fin_timeout=${fin}",
      ])
    #expect(act(files)?.isAtBoot == false)
    #expect(act(files)?.because == "active profile mine")
    #expect(act(files.merging(Self.enabled("tuned")) { $1 })?.isAtBoot == true)
  }

  @Test func `TuneD: several profiles, and one that includes its namesake below`() {
    let files = [
      "/etc/tuned/active_profile": "mine other",
      "/etc/tuned/profiles/mine/tuned.conf": "[main]\ninclude=mine\n[sysctl]\nvm.swappiness=1\n",
      "/usr/lib/tuned/profiles/mine/tuned.conf": "[sysctl]\nvm.swappiness=2\nvm.dirty_ratio=40\n",
      "/etc/tuned/other/tuned.conf":
        "[main]\ninclude=mine , gone\n[net]\ntype=sysctl\nvm.laptop_mode=5\n",
    ]
    #expect(
      settings(files) == [
        "TuneD /etc/tuned/other/tuned.conf:5 vm.laptop_mode=5",
        "TuneD /usr/lib/tuned/profiles/mine/tuned.conf:3 vm.dirty_ratio=40",
        "TuneD /etc/tuned/profiles/mine/tuned.conf:4 vm.swappiness=1",
      ])
  }

  @Test(arguments: [
    ("[sysctl]\nenabled=false\nvm.swappiness=1\n", []),
    ("[sysctl]\nreplace=1\nvm.swappiness=1\n", ["vm.swappiness=1"]),
    ("[main]\ninclude=mine\n[sysctl]\nvm.swappiness=1\n", ["vm.swappiness=1"]),
    ("[sysctl]\nvm.swappiness==1\n", ["vm.swappiness=1"]), ("no sections\n", []), ("", []),
    ("[sysctl\nvm.swappiness = 1\r\n", ["vm.swappiness=1"]),
  ])
  func `TuneD: units and their options`(text: String, expected: [String]) {
    let found = settings([
      "/etc/tuned/active_profile": "mine", "/etc/tuned/mine/tuned.conf": text,
    ])
    #expect(found.compactMap { $0.split(separator: " ").last.map(String.init) } == expected)
  }

  @Test(arguments: [
    (nil, true), ("reapply_sysctl = 0\n", false), ("# x\nreapply_sysctl=False\n", false),
    ("reapply_sysctl=1\n", true), ("reapply_sysctl_exclude=x\n", true),
  ])
  func `TuneD: files are applied again unless it is told not to`(text: String?, expected: Bool) {
    var files = ["/etc/tuned/active_profile": "mine"]
    files["/etc/tuned/tuned-main.conf"] = text
    #expect(act(files)?.reappliesFiles == expected)
  }

  @Test(arguments: ["", "\n", "../../etc/shadow", "a/b"])
  func `TuneD: without a profile that has a name nothing is set`(name: String) {
    #expect(
      settings(["/etc/tuned/active_profile": name, "/etc/shadow/tuned.conf": Self.profile]) == [])
  }

  // MARK: ufw

  @Test(arguments: [
    ("/etc/default/ufw", "IPT_SYSCTL=/etc/ufw/sysctl.conf\n", 1),
    ("/etc/default/ufw", "IPT_SYSCTL=\"/etc/sysctl.conf\"\n", 2),
    ("/etc/default/ufw", "IPT_SYSCTL=\n", 0), ("/etc/default/ufw", "IPT_SYSCTL=/nowhere\n", 0),
    ("/etc/ufw/ufw.conf", "ENABLED=no\n", 0), ("/etc/ufw/ufw.conf", "ENABLED=yes\n", 1),
    ("/etc/ufw/ufw.conf", "LOGLEVEL=low\n", 0), ("/etc/ufw/ufw.conf", "", 1),
  ])
  func `ufw: the file that it is told to read counts while it is on`(
    file: String, text: String, count: Int
  ) {
    let files = [
      "/etc/ufw/sysctl.conf": "# x\nnet/ipv4/conf/eth0.7/rp_filter=1\n",
      "/etc/sysctl.conf": "vm.swappiness = 1\nvm.laptop_mode = 5\n",
    ]
    #expect(settings(files.merging([file: text]) { $1 }).count == count)
    #expect(
      settings(files) == ["ufw /etc/ufw/sysctl.conf:2 net.ipv4.conf.eth0/7.rp_filter=1"])
  }

  // MARK: saptune

  @Test func `saptune: enabled notes in their order, with what overrides them`() {
    let files = [
      "/etc/sysconfig/saptune": "TUNE_FOR_NOTES=\"x\"\nNOTE_APPLY_ORDER=\"one two ../x\"\n",
      "/var/lib/saptune/working/notes/one":
        "[version]\nVERSION=1\n[sysctl]\nnet.core.somaxconn = 4096\nvm.swappiness=10\n"
        + "[sysctl:os=12-SP3]\nvm.dirty_ratio = 1\n",
      "/etc/saptune/override/one": "[sysctl]\nvm.swappiness =\n",
      "/etc/saptune/extra/two.conf": "[sysctl]\nnet.core.somaxconn = 8192\n",
      "/usr/share/saptune/notes/two": "[sysctl]\nnet.core.somaxconn = 1\n",
    ]
    #expect(settings(files) == ["saptune /etc/saptune/extra/two.conf:2 net.core.somaxconn=8192"])
    #expect(act(files)?.isAtBoot == false)
    #expect(act(files.merging(Self.enabled("saptune")) { $1 })?.isAtBoot == true)
  }

  // MARK: Others

  @Test func `bpftune: keys without values while its service is enabled`() {
    let found = settings(Self.enabled("bpftune"))
    #expect(found.count == 12)
    #expect(found.contains("bpftune \(Self.wants)/bpftune.service net.ipv4.tcp_rmem=?"))
  }

  @Test(arguments: [
    (nil, 1), ("{}", 1), ("{ \"ip-forward\" : true }", 1), ("{\n  \"ip-forward\": false\n}", 0),
  ])
  func `Docker: forwarding is switched on unless it is told not to`(text: String?, count: Int) {
    var files = Self.enabled("docker")
    files["/etc/docker/daemon.json"] = text
    #expect(
      settings(files)
        == Array(
          repeating: "Docker \(Self.wants)/docker.service net.ipv4.ip_forward=1", count: count))
    files = ["/etc/docker/daemon.json": text ?? "{}"]
    #expect(settings(files).isEmpty)
  }

  @Test(arguments: [(nil, 6), ("protectKernelDefaults: true\n", 0), ("x: y\n", 6)])
  func `kubelet: its values unless it protects those of the kernel`(text: String?, count: Int) {
    var files = Self.enabled("kubelet")
    files["/var/lib/kubelet/config.yaml"] = text
    let found = settings(files)
    #expect(found.count == count)
    #expect(found.allSatisfy { !$0.contains(" net.") })
  }

  @Test func `cloud-init: what the user data name, and not at every boot`() {
    let path = "/var/lib/cloud/instance/cloud-config.txt"
    let text = """
      #cloud-config
      write_files:
        - path: /etc/sysctl.d/60-x.conf
          content: |
            net.ipv4.tcp_retries2 = 8
      runcmd:
        - [sysctl, -w, net.ipv4.tcp_fin_timeout=20]
        - sysctl -w net.core.somaxconn=8192 vm.swappiness=1
      # net.ipv4.tcp_sack = 0
      hostname: a.b = c
      """
    #expect(
      settings([path: text]) == [
        "cloud-init \(path):5 net.ipv4.tcp_retries2=8",
        "cloud-init \(path):7 net.ipv4.tcp_fin_timeout=20",
        "cloud-init \(path):8 net.core.somaxconn=8192", "cloud-init \(path):8 vm.swappiness=1",
      ])
    #expect(act([path: text])?.isAtBoot == false)
  }

  @Test func `command line: what the kernel is booted with comes before all files`() {
    let line = ["/proc/cmdline": "ro sysctl.vm.swappiness=5 sysctl.net/ipv4/tcp_retries2=9 x=1\n"]
    #expect(
      settings(line) == [
        "kernel command line /proc/cmdline vm.swappiness=5",
        "kernel command line /proc/cmdline net.ipv4.tcp_retries2=9",
      ])
    let tree = ConfigurationTree(
      line.merging(["/etc/sysctl.d/a.conf": "net.ipv4.tcp_retries2 = 8\n"]) { $1 })
    let writes = BootSequence(of: tree.settings).writes(to: .tcpRetries2)
    #expect(writes.map(\.value) == ["9", "8"])
    #expect(settings(["/proc/cmdline": "ro quiet sysctl. sysctl.x\n"]).isEmpty)
  }

  @Test func `modules: those that are loaded before sysctls are applied`() {
    let modules = ConfigurationTree([
      "/etc/modules-load.d/a.conf": "# x\nnf_conntrack\n", "/etc/modules": "br-netfilter\n",
      "/usr/lib/modules-load.d/b.txt": "sctp\n",
    ]).settings.modules
    #expect(modules.contains("nf_conntrack"))
    #expect(modules.contains("br_netfilter"))
    #expect(!modules.contains("sctp"))
  }

  @Test func `networkd: forwarding and what device files say`() {
    var files = Self.enabled("systemd-networkd")
    files["/etc/systemd/networkd.conf"] = "[Network]\nIPv4Forwarding=yes\nSpeedMeter=no\n"
    files["/etc/systemd/network/10-lan.network"] = """
      [Match]
      Name=en* eth0.7 !lo
      [Network]
      IPv4ReversePathFilter=loose
      IPv6HopLimit=40
      IPv6RetransmissionTimeSec=1s
      DHCP=yes
      """
    files["/usr/lib/systemd/network/10-lan.network"] = "[Match]\nName=x\n[Network]\nIPForward=yes\n"
    let lan = "systemd-networkd /etc/systemd/network/10-lan.network"
    #expect(
      settings(files) == [
        "systemd-networkd /etc/systemd/networkd.conf:2 net.ipv4.ip_forward=1",
        "\(lan):4 net/ipv4/conf/en*/rp_filter=2",
        "\(lan):4 net.ipv4.conf.eth0/7.rp_filter=2",
        "\(lan):5 net/ipv6/conf/en*/hop_limit=40",
        "\(lan):5 net.ipv6.conf.eth0/7.hop_limit=40",
        "\(lan):6 net/ipv6/neigh/en*/retrans_time_ms=1000",
        "\(lan):6 net.ipv6.neigh.eth0/7.retrans_time_ms=1000",
      ])
    files["\(Self.wants)/systemd-networkd.service"] = nil
    #expect(settings(files).isEmpty)
  }
}

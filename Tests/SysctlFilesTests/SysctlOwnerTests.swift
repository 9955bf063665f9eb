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

  @Test func `TuneD: variables are put in, whichever profile names them`() {
    let files = [
      "/etc/tuned/active_profile": "mine",
      "/etc/tuned/mine/tuned.conf": """
      [main]
      include=base
      [variables]
      idle=90
      include=${i:PROFILE_DIR}/more.conf
      twice=${f:kb2s:${more}}
      later=${after}
      after=1
      [sysctl]
      net.ipv4.tcp_keepalive_intvl=${more}
      net.ipv4.tcp_rmem="${least} 131072 ${twice}"
      net.core.somaxconn=>${more}
      net.core.optmem_max=${f:s2kb:${twice}}
      net.core.netdev_budget=${f:strip: 3:00 }
      net.core.dev_weight=${f:exec:nproc}
      net.core.rmem_max=${f:kb2s:${f:exec:nproc}}
      net.core.wmem_max=${later}
      net.core.rmem_default=\\${more}
      net.core.wmem_default=${}
      """,
      "/etc/tuned/mine/more.conf": "more=20\n[section]\nleast=4096\n",
      "/usr/lib/tuned/base/tuned.conf":
        "[variables]\nidle=60\n[sysctl]\nnet.ipv4.tcp_keepalive_time=${idle}\n",
    ]
    #expect(
      settings(files).map { $0.split(separator: " ", maxSplits: 2).last.map(String.init) ?? "" }
        == [
          "net.ipv4.tcp_keepalive_time=90", "net.ipv4.tcp_keepalive_intvl=20",
          "net.ipv4.tcp_rmem=4096 131072 40", "net.core.somaxconn=>20", "net.core.optmem_max=20",
          "net.core.netdev_budget=300", "net.core.dev_weight=${f:exec:nproc}",
          "net.core.rmem_max=${f:kb2s:${f:exec:nproc}}", "net.core.wmem_max=${after}",
          "net.core.rmem_default=\\${more}", "net.core.wmem_default=${}",
        ])
  }

  @Test func `TuneD: variables that grow without end are left alone`() {
    let grown = (1...60).map { "v\($0)=${v\($0 - 1)}${v\($0 - 1)}\n" }.joined()
    let own = "[variables]\nv0=1\n\(grown)[sysctl]\nvm.swappiness=${v3}\nvm.dirty_ratio=${v60}\n"
    let found = settings([
      "/etc/tuned/active_profile": "mine", "/etc/tuned/mine/tuned.conf": own,
    ])
    #expect(found.first?.hasSuffix("vm.swappiness=11111111") == true)
    #expect(found.last?.contains("${") == true)
    #expect((found.last?.utf8.count ?? 0) < 10_000)
  }

  @Test func `TuneD: what it is told to leave out it does not apply again`() {
    let files = [
      "/etc/tuned/active_profile": "mine",
      "/etc/tuned/mine/tuned.conf":
        "[sysctl]\nnet.ipv4.ip_forward=1\nnet.ipv6.conf.all.forwarding=1\nvm.swappiness=1\n",
      "/etc/tuned/tuned-main.conf":
        "reapply_sysctl_exclude = net.ipv4.ip_forward; net.ipv6.conf.*.forwarding\n",
      "/etc/sysctl.d/60-a.conf":
        "net.ipv4.ip_forward=0\nnet.ipv6.conf.all.forwarding=0\nvm.swappiness=60\n",
    ].merging(Self.enabled("tuned")) { $1 }
    let sequence = BootSequence(of: ConfigurationTree(files).settings)
    func last(_ key: String) -> String? { sequence.writes(to: SysctlKey(key)).last?.value }
    #expect(last("net.ipv4.ip_forward") == "1")
    #expect(last("net.ipv6.conf.all.forwarding") == "1")
    #expect(last("vm.swappiness") == "60")
  }

  // MARK: Kernel packages

  private static let suse = [
    "/usr/lib/systemd/system/systemd-sysctl.service.d/50-kernel-uname_r.conf": "[Service]\n",
    "/boot/sysctl.conf-5.14.21-150400.24.100-default": "# x\nvm.dirty_ratio = 20\n-x.y = 1\n",
    "/proc/sys/kernel/osrelease": "5.14.21-150400.24.100-default\n",
  ]

  @Test func `kernel package: its sysctls come first`() {
    #expect(
      settings(Self.suse) == [
        "kernel package /boot/sysctl.conf-5.14.21-150400.24.100-default:2 vm.dirty_ratio=20",
        "kernel package /boot/sysctl.conf-5.14.21-150400.24.100-default:3 x.y=1",
      ])
    let files = Self.suse.merging(["/etc/sysctl.d/60-a.conf": "vm.dirty_ratio = 30\n"]) { $1 }
    let sequence = BootSequence(of: ConfigurationTree(files).settings)
    #expect(sequence.writes(to: SysctlKey("vm.dirty_ratio")).map(\.value) == ["20", "30"])
    // Without a unit that has it read it is a file like others.
    var other = Self.suse
    other["/usr/lib/systemd/system/systemd-sysctl.service.d/50-kernel-uname_r.conf"] = nil
    #expect(settings(other).isEmpty)
  }

  @Test func `kernel package: of an image the newest kernel's, which may lie with its modules`() {
    let files = [
      "/usr/lib/systemd/system/kernel-sysctl.service": "", "/lib/modules/6.4.0-1-default/x": "",
      "/lib/modules/6.11.0-1-default/x": "",
      "/usr/lib/modules/6.11.0-1-default/sysctl.conf": "vm.swappiness = 1\n",
      "/boot/sysctl.conf-6.4.0-1-default": "vm.swappiness = 2\n",
    ]
    #expect(
      settings(files) == [
        "kernel package /usr/lib/modules/6.11.0-1-default/sysctl.conf:1 vm.swappiness=1"
      ])
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

import Advisor
import SysctlFiles
import TCPModel
import Testing

struct LintFileTests {
  private static func written(_ file: LintFile) -> [String] {
    file.assignments.map { "\($0.place.line):\($0.place.column) \($0.name) = \($0.value)" }
  }

  @Test func `lint: attributes of NixOS are read, in a set and alone`() {
    let text = """
      boot.kernel.sysctl = {
        "net.ipv4.tcp_syncookies" = 2;
        "net.core.default_qdisc" = lib.mkDefault "fq";
        # "net.ipv4.tcp_fack" = 1;
        "net.ipv4.ip_forward" = true;
        "net.ipv4.tcp_retries2" = config.retries;
        "kernel.hostname" = "${name}";
        "networking.hostName" = "x";
      };
      boot.kernel.sysctl."net.ipv4.tcp_rmem" = lib.mkForce "4096 1 2"; # why
      """
    let file = LintFile(nix: Array(text.utf8), path: "configuration.nix")
    #expect(
      Self.written(file) == [
        "2:4 net.ipv4.tcp_syncookies = 2", "3:4 net.core.default_qdisc = fq",
        "5:4 net.ipv4.ip_forward = 1", "10:21 net.ipv4.tcp_rmem = 4096 1 2",
      ])
  }

  @Test func `lint: commands of shells and Dockerfiles are read`() {
    let text = #"""
      #!/bin/sh
      RUN sysctl -w net.ipv4.tcp_retries2=3 vm.swappiness=1 && echo x=y
      sudo /sbin/sysctl -qw "net.ipv4.tcp_rmem=4096 1 2"; true
      sysctl -w net.ipv4.tcp_wmem="4096 1 2"
      sysctl -w net.ipv4.tcp_retries2=$RETRIES
      # sysctl -w net.ipv4.tcp_fack=1
      docker run --sysctl net.core.somaxconn=1 --sysctl=net.ipv4.tcp_sack=0 image a=b
      echo 1 > /proc/sys/net/ipv4/ip_forward
      sysctl net.ipv4.tcp_fack # net.ipv4.tcp_fack=1
      """#
    let file = LintFile(script: Array(text.utf8), path: "setup.sh")
    #expect(
      Self.written(file) == [
        "2:15 net.ipv4.tcp_retries2 = 3", "2:39 vm.swappiness = 1",
        "3:24 net.ipv4.tcp_rmem = 4096 1 2", "4:11 net.ipv4.tcp_wmem = 4096 1 2",
        "7:21 net.core.somaxconn = 1", "7:51 net.ipv4.tcp_sack = 0",
        "8:10 net/ipv4/ip_forward = 1",
      ])
    #expect(file.assignments.map { $0.target == .container }.filter(\.self).count == 2)
  }

  @Test func `lint: profiles of TuneD are read`() {
    let text = """
      [main]
      include=base
      [sysctl]
      net.core.somaxconn=>2048
      net.ipv4.tcp_rmem = "4096 131072 33554432"
      net.ipv4.tcp_retries2=${retries}
      vm.swappiness=<10
      [script]
      script=x.sh
      """
    let file = LintFile(tuned: Array(text.utf8), path: "tuned.conf")
    #expect(
      Self.written(file) == [
        "4:1 net.core.somaxconn = 2048", "5:1 net.ipv4.tcp_rmem = 4096 131072 33554432",
        "7:1 vm.swappiness = 10",
      ])
    #expect(file.template.lines == [6])
    #expect(Self.ids(file).isEmpty)
    let lowered = LintFile(tuned: Array("[sysctl]\nnet.core.somaxconn=2048\n".utf8), path: "")
    #expect(Self.ids(lowered) == ["TA039"])
  }

  @Test func `lint: a template that sets sysctls is taken of a directory`() {
    let text = "{% if x %}\nnet.ipv4.tcp_sack = 1\n{% else %}\n{% endif %}\n"
    #expect(LintFile(sysctls: Array(text.utf8), path: "a.conf.j2").isWorthLinting)
    let other = "{% if x %}\nlisten 80;\n{% endif %}\n"
    #expect(!LintFile(sysctls: Array(other.utf8), path: "nginx.conf.j2").isWorthLinting)
  }

  @Test func `lint: a silence holds for its line, for the next, and for a file at its head`() {
    func ids(_ text: String) -> [String] {
      let file = LintFile(sysctls: Array(text.utf8), path: "a.conf")
      return Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file]))
        .filter { $0.suppression == nil }.map(\.rule.id)
    }
    #expect(ids("# tcpadvisor: ignore=TA006 so be it\n# nothing").isEmpty)
    #expect(ids("vm.swappiness = 1\n# tcpadvisor: ignore=TA006 why\n# x") == ["TA081", "TA006"])
    let once = "# tcpadvisor: ignore=TA050 why\n"
    #expect(ids("\(once)net.ipv4.tcp_fin_timeout = 5\n").isEmpty)
    #expect(
      ids("\(once)net.ipv4.tcp_fin_timeout = 5\nnet.ipv4.tcp_fin_timeout = 6\n")
        == ["TA036", "TA050"])
    #expect(ids("net.ipv4.tcp_fin_timeout = 5 # tcpadvisor: ignore=TA050,TA013 why\n").isEmpty)
  }

  @Test func `lint: a profile silences rules, in all files or in those of a pattern`() {
    let file = LintFile(sysctls: Array("net.ipv4.tcp_fin_timeout = 5\n".utf8), path: "etc/a.conf")
    func reasons(_ ignores: LintIgnore...) -> [String?] {
      Linter(for: [KernelVersion(6, 18)], ignoring: ignores).findings(in: LintGroup([file]))
        .map { $0.suppression?.reason }
    }
    #expect(reasons() == [nil])
    #expect(reasons(LintIgnore("TA050", because: "agreed")) == ["agreed"])
    #expect(reasons(LintIgnore("TA051", because: "agreed")) == [nil])
    #expect(reasons(LintIgnore("TA050", because: "agreed", file: "etc/*")) == ["agreed"])
    #expect(reasons(LintIgnore("TA050", because: "agreed", file: "usr/*")) == [nil])
  }

  private static func ids(_ file: LintFile) -> [String] {
    Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file])).map(\.rule.id)
  }

  @Test func `lint: a file of another program is named once`() {
    let nginx = String(repeating: "server {\n  listen 80;\n}\n", count: 40)
    let file = LintFile(sysctls: Array(nginx.utf8), path: "nginx.conf")
    #expect(Self.ids(file) == ["TA082"])
    let text = "\(nginx)# tcpadvisor: ignore=TA082 why\n"
    #expect(Self.ids(LintFile(sysctls: Array(text.utf8), path: "a.conf")) == ["TA082", "TA081"])
  }

  @Test func `lint: a binary file has one mistake`() {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 0, 0x0A]
    for index in 0..<20_000 { bytes.append(UInt8(truncatingIfNeeded: index &* 31 ^ index >> 3)) }
    #expect(Self.ids(LintFile(sysctls: bytes, path: "bin.conf")) == ["TA005"])
    #expect(Self.ids(LintFile(sysctls: [0, 1, 2], path: "small.conf")) == ["TA005"])
  }

  @Test func `lint: of a template the lines are judged that nothing fills in`() {
    let text = """
      # {{ ansible_managed }}
      {% for item in sysctls %}
      {{ item.name }} = {{ item.value }}
      {% endfor %}
      net.ipv4.tcp_fin_timeout = 5
      {# of two
         branches #}
      <% if x -%>
      net.ipv4.tcp_retries2 = 8
      <% else -%>
      net.ipv4.tcp_retries2 = 9
      <% end -%>
      net.ipv4.tcp_keepalive_time = 300
      net.ipv4.tcp_keepalive_intvl = ${INTERVAL}
      net.ipv4.tcp_keepalive_probes = {{ probes }}

      """
    let file = LintFile(sysctls: Array(text.utf8), path: "a.conf.j2")
    #expect(Self.ids(file) == ["TA050"])
    #expect(file.template.lines == [2, 3, 4, 6, 7, 8, 10, 12, 14, 15])
    // What a loader reads is no template.
    let read = LintFile(sysctls: Array(text.utf8), path: "/etc/sysctl.d/a.conf", isRead: true)
    #expect(Set(Self.ids(read)).isSuperset(of: ["TA001", "TA014", "TA036"]))
    #expect(read.template.isEmpty)
  }

  @Test func `lint: a template whose marks have no end is none`() {
    let file = LintFile(sysctls: Array("{{ x\nnet.ipv4.tcp_sack 1\n".utf8), path: "a.conf")
    #expect(Self.ids(file) == ["TA001", "TA001"] && file.template.isEmpty)
  }

  @Test func `lint: a copy is named, and nothing is said of what stands in it`() {
    let text = "net.ipv4.tcp_tw_recycle = 1\nx\n"
    let file = LintFile(sysctls: Array(text.utf8), path: "/etc/sysctl.d/a.conf.dpkg-old")
    let found = Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file]))
    #expect(found.map(\.rule.id) == ["TA009"])
  }

  @Test(arguments: [
    ("/etc/sysctl.d/README", "Files here end in .conf.\n", false),
    ("nginx.conf", "worker_processes = 5\n", false),
    ("nginx.conf", "events {\n}\n", false),
    ("tuning.conf", "# x\nnet.ipv4.tcp_sack = 1\n", true),
    ("/etc/sysctl.d/empty.conf", "", true),
    ("bin.conf", "\0\u{1}\0\n", false),
  ])
  func `lint: of a directory those files are taken that set sysctls`(
    path: String, text: String, isOne: Bool
  ) {
    #expect(LintFile(sysctls: Array(text.utf8), path: path).isWorthLinting == isOne)
  }

  @Test func `lint: a kernel decides what is there`() {
    let file = LintFile(
      sysctls: Array("net.ipv4.tcp_tw_recycle = 1\nnet.ipv4.tcp_rto_max_ms = 90000\n".utf8),
      path: "a.conf")
    func found(_ kernels: KernelVersion...) -> [String] {
      Linter(for: kernels).findings(in: LintGroup([file])).map { "\($0.rule.id) \($0.severity)" }
    }
    #expect(found(KernelVersion(6, 18)) == ["TA023 error"])
    #expect(found(KernelVersion(4, 4)) == ["TA023 note", "TA026 error"])
    #expect(found(KernelVersion(4, 4), KernelVersion(6, 18)) == ["TA023 error", "TA026 error"])
  }

  @Test(arguments: ["net.ipv4.tcp_retriez2 = 1\n", "no assignment\nnet.ipv4.tcp_retries2 = 8\n"])
  func `lint: each rule is told a thousand times at most`(lines: String) {
    let text = String(repeating: lines, count: 3000)
    let file = LintFile(sysctls: Array(text.utf8), path: "a.conf")
    let findings = Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file]))
    let counts = Dictionary(grouping: findings, by: \.rule.id).mapValues(\.count)
    #expect(counts.values.max() == Linter.mostFindingsOfRule)
  }

  @Test func `lint: each rule is told ten thousand times at most of all files`() throws {
    let text = String(repeating: "net.ipv4.tcp_retriez2 = 1\n", count: 900)
    let groups = (0..<15).map { number in
      LintGroup([LintFile(sysctls: Array(text.utf8), path: "\(number).conf")])
    }
    var found = LintFindings(by: Linter(for: [KernelVersion(6, 18)]))
    for group in groups { found.add(group) }
    let rules = Dictionary(grouping: found.all, by: \.rule.id)
    let most = try #require(rules.values.max { $0.count < $1.count })
    #expect(most.count == LintFindings.mostOfRule)
    #expect(most.last?.message.hasSuffix("may find in the files is left out") == true)
    #expect(most.dropLast().allSatisfy { !$0.message.contains("left out") })
  }

  @Test func `lint: what ends for its file and for all files says so once`() throws {
    let text = String(repeating: "net.ipv4.tcp_retriez2 = 1\n", count: 1100)
    let groups = (0..<11).map { number in
      LintGroup([LintFile(sysctls: Array(text.utf8), path: "\(number).conf")])
    }
    var found = LintFindings(by: Linter(for: [KernelVersion(6, 18)]))
    for group in groups { found.add(group) }
    for ofRule in Dictionary(grouping: found.all, by: \.rule.id).values {
      let last = try #require(ofRule.last)
      #expect(ofRule.count == LintFindings.mostOfRule)
      #expect(last.message.hasSuffix("may find in the files is left out"))
      #expect(!last.message.contains("this file"))
    }
  }

  @Test func `lint: a thousand wrong lines of a rule are told, and no more of a file than that`() {
    let text = String(repeating: "vm.swappiness = 1\nvm.swappiness = 2\n", count: 5000)
    let file = LintFile(sysctls: Array(text.utf8), path: "a.conf")
    #expect(
      Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file])).count
        == Linter.mostFindingsOfRule)
  }
}

@testable import Advisor
import SysctlFiles
import TCPModel
import Testing

struct LintRuleTests {
  static let examples =
    LintExample.files + LintExample.values + LintExample.keys + LintExample.together
    + LintExample.containers + LintExample.names
    + LintExample.silences + LintExample.timeouts + LintExample.timeWait + LintExample.protocols
    + LintExample.memory + LintExample.programs + LintExample.trees

  /// Those that need more than a file: a host with its directories.
  private static let ofHosts: Set<String> = ["TA011", "TA037"]

  @Test(arguments: examples)
  func `lint: each rule finds what it is for, and leaves alone what is right`(
    example: LintExample
  ) throws {
    for text in example.found {
      #expect(
        try example.ids(in: text, at: example.path).contains(example.id),
        "\(example.id) misses \(text.prefix(80))")
    }
    for text in example.clean {
      let ids = try example.ids(in: text, at: example.cleanPath ?? example.path)
      #expect(!ids.contains(example.id), "\(example.id) finds \(text.prefix(80))")
    }
  }

  @Test func `lint: each rule has an example of both kinds`() {
    let complete = Self.examples.filter { !$0.found.isEmpty && !$0.clean.isEmpty }.map(\.id)
    #expect(Set(complete).union(Self.ofHosts) == Set(LintRule.all.map(\.id)))
  }

  @Test func `lint: rules have ids in order, a name of their own and all there is to say`() {
    let ids = LintRule.all.indices.map { index in
      let number = "\(index + 1)"
      return "TA" + String(repeating: "0", count: 3 - number.count) + number
    }
    #expect(LintRule.all.map(\.id) == ids)
    #expect(Set(LintRule.all.map(\.slug)).count == LintRule.all.count)
    for rule in LintRule.all {
      for text in [rule.why, rule.remedy] {
        #expect(text.hasSuffix(".") && text.count < 200, "\(rule.id): \(text)")
      }
      #expect(!rule.source.isEmpty, "\(rule.id)")
      #expect(rule.slug.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.id)")
    }
    #expect(LintRule[id: "ta012"]?.id == "TA012")
    #expect(LintRule[id: "TA12"] == nil)
  }
}

/// What is known only of all files together.
struct LintHostTests {
  private static func group(
    _ texts: [(path: String, text: String)], main: String? = nil, link: String? = nil
  ) -> LintGroup {
    var files = texts.map { LintFile(sysctls: Array($0.text.utf8), path: $0.path) }
    var configuration = SysctlConfiguration()
    for file in files {
      let directory: SysctlDirectory = file.path.hasPrefix("/etc/") ? .etc : .usrLib
      configuration.files[directory, default: []].append(
        ConfigurationFile(file.path, .text(file.text)))
    }
    if let main {
      let file = LintFile(sysctls: Array(main.utf8), path: "/etc/sysctl.conf")
      files.append(file)
      configuration.mainFile = ConfigurationFile(file.path, .text(file.text))
      if let link {
        configuration.files[.etc, default: []].append(
          ConfigurationFile(link, .text(file.text), target: file.path))
      }
    }
    return LintGroup(files, configuration: configuration, isHost: true)
  }

  private static func found(_ group: LintGroup) -> [String] {
    Linter(for: [KernelVersion(6, 18)]).findings(in: group)
      .map { "\($0.location.file):\($0.location.line) \($0.rule.id)" }
  }

  @Test func `lint: sysctl.conf is not read by systemd-sysctl, unless a link leads to it`() {
    let text = "# vm\nvm.swappiness = 1\n"
    #expect(Self.found(Self.group([], main: text)) == ["/etc/sysctl.conf:2 TA011"])
    let link = "/etc/sysctl.d/99-sysctl.conf"
    #expect(Self.found(Self.group([], main: text, link: link)).isEmpty)
    #expect(Self.found(Self.group([], main: "# nothing\n")).isEmpty)
  }

  @Test func `lint: a later file overrides an earlier one of the same kind`() {
    let (one, two) = ("/etc/sysctl.d/10-a.conf", "/etc/sysctl.d/20-b.conf")
    let (low, high) = ("vm.swappiness = 1\n", "vm.swappiness = 2\n")
    #expect(Self.found(Self.group([(one, low), (two, high)])) == ["\(one):1 TA037"])
    #expect(Self.found(Self.group([(two, high), (one, low)])) == ["\(one):1 TA037"])
    #expect(Self.found(Self.group([(one, low), (two, low)])).isEmpty)
  }

  @Test func `lint: that administrators override vendors is no mistake, the other way round it is`()
  {
    let (low, high) = ("vm.swappiness = 1\n", "vm.swappiness = 2\n")
    let vendor = "/usr/lib/sysctl.d/50-a.conf"
    #expect(Self.found(Self.group([(vendor, low), ("/etc/sysctl.d/60-b.conf", high)])).isEmpty)
    let early = "/etc/sysctl.d/10-b.conf"
    #expect(Self.found(Self.group([(vendor, low), (early, high)])) == ["\(early):1 TA037"])
  }

  @Test func `lint: a module that is loaded at boot is not asked for`() {
    let file = LintFile(sysctls: Array("net.netfilter.nf_conntrack_max = 5\n".utf8), path: "a.conf")
    func severity(_ modules: Set<String>?) -> LintRule.Severity? {
      Linter(
        for: [KernelVersion(6, 18)], on: LintHost(modules: modules.map { BootModules(names: $0) })
      )
      .findings(in: LintGroup([file])).first { $0.rule.id == "TA031" }?.severity
    }
    #expect(severity(nil) == .note)
    #expect(severity(["tcp_bbr"]) == .warning)
    #expect(severity(["nf_conntrack"]) == nil)
  }

  /// The kernel loads what it finds as root writes the name.
  @Test func `lint: a congestion control whose module is nowhere is refused`() {
    func ids(_ name: String, _ modules: BootModules?, on kernel: KernelVersion) -> [String] {
      let text = "net.ipv4.tcp_congestion_control = \(name)\n"
      let file = LintFile(sysctls: Array(text.utf8), path: "a.conf")
      return Linter(for: [kernel], on: LintHost(modules: modules))
        .findings(in: LintGroup([file])).map(\.rule.id)
    }
    let six = KernelVersion(6, 18)
    #expect(ids("bbr", nil, on: six).isEmpty)
    #expect(ids("bbr", BootModules(names: ["tcp_cubic"]), on: six).isEmpty)
    #expect(ids("bbr", BootModules(loadable: ["tcp_bbr"]), on: six).isEmpty)
    #expect(ids("bbr", BootModules(names: ["tcp_bbr"], loadable: []), on: six).isEmpty)
    #expect(ids("bbr", BootModules(loadable: ["tcp_htcp"]), on: six) == ["TA069"])
    #expect(ids("reno", BootModules(loadable: []), on: six).isEmpty)
    #expect(ids("bbr", nil, on: KernelVersion(4, 4)) == ["TA069"])
    #expect(ids("bbr2", nil, on: six) == ["TA069"])
  }
}

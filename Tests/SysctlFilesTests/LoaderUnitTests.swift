import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

/// Whether systemd starts its loader, as files say.
struct LoaderUnitTests {
  private static let unit = "systemd-sysctl.service"
  private static let vendor = "/usr/lib/systemd/system/\(unit)"
  private static let installed = ["/usr/lib/systemd/systemd-sysctl": "", vendor: "[Service]\n"]

  private func loader(_ files: [String: String], links: [String] = []) -> BootLoader {
    var tree = ConfigurationTree(Self.installed.merging(files) { $1 })
    for path in links { tree.nodes[path] = .link("/dev/null") }
    return tree.settings.loader
  }

  @Test func `loader unit: nothing keeps it from being started`() {
    #expect(loader([:]).unit == .runs)
    // One below /run is gone by the next boot, and an administrator's own unit is one.
    #expect(loader([:], links: ["/run/systemd/system/\(Self.unit)"]).unit == .runs)
    #expect(loader(["/etc/systemd/system/\(Self.unit)": "[Service]\n"]).unit == .runs)
    #expect(loader(["/proc/cmdline": "quiet systemd.mask=x.service\n"]).unit == .runs)
  }

  @Test func `loader unit: a mask is a link to nothing, an empty file, or a word`() {
    let path = "/etc/systemd/system/\(Self.unit)"
    #expect(loader([:], links: [path]).unit == .masked(by: path))
    #expect(loader([path: ""]).unit == .masked(by: path))
    #expect(
      loader(["/proc/cmdline": "quiet systemd.mask=systemd-sysctl.service ro\n"]).unit
        == .masked(by: "/proc/cmdline"))
  }

  @Test(arguments: [
    ("[Unit]\nConditionVirtualization=!container\n", 2), ("[Service]\nExecStart=\n", 2),
    ("[Unit]\nCondition=\n[Unit]\nAssertPathExists=/x\n", 4), ("[Unit]\nAfter=x\n", nil),
    ("[Service]\nExecStartPre=/bin/true\n", nil), ("[Unit]\nConditionPathExists=\n", nil),
  ])
  func `loader unit: a drop-in may have it started on a condition`(text: String, line: Int?) {
    let path = "/etc/systemd/system/\(Self.unit).d/a.conf"
    let unit = loader([path: text, "/usr/lib/systemd/system/\(Self.unit).d/b.txt": text]).unit
    #expect(unit == line.map { .changed(by: "\(path):\($0)") } ?? .runs)
  }

  @Test func `loader unit: a drop-in hides those of its name in lower directories`() {
    let condition = "[Unit]\nConditionPathExists=/x\n"
    let files = ["/usr/lib/systemd/system/\(Self.unit).d/a.conf": condition]
    #expect(loader(files).unit.change != nil)
    #expect(loader(files, links: ["/etc/systemd/system/\(Self.unit).d/a.conf"]).unit == .runs)
  }

  @Test func `loader unit: what is masked applies nothing, and owners still do`() {
    var tree = ConfigurationTree(
      Self.installed.merging([
        "/etc/sysctl.d/60-a.conf": "vm.swappiness = 1\n", "/etc/sysctl.conf": "vm.swappiness = 2\n",
        "/proc/cmdline": "sysctl.vm.dirty_ratio=40\n",
      ]) { $1 })
    tree.nodes["/etc/systemd/system/\(Self.unit)"] = .link("/dev/null")
    let sequence = BootSequence(of: tree.settings)
    #expect(sequence.writes(to: SysctlKey("vm.swappiness")).isEmpty)
    #expect(sequence.writes(to: SysctlKey("vm.dirty_ratio")).map(\.value) == ["40"])
    #expect(sequence.load.files.isEmpty)
    let provenance = sequence.provenance(of: SysctlKey("vm.swappiness"))
    #expect(provenance.entry == nil)
    #expect(provenance.otherEntry?.value == "2")
    #expect(provenance.claims.map(\.fate) == [.unread, .unread])
  }
}

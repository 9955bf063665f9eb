import Foundation
import SysctlFiles
import SysctlTrees
import TemporaryFolders
import Testing

/// Whether what `files` says of the next boot is what the loaders of this machine do.
struct FilesBootTests {
  private static let base = 7
  private static let count =
    ProcessInfo.processInfo.environment["TCPADVISOR_TREES"].flatMap { Int($0) } ?? 25

  @Test(
    .enabled(if: !InstalledLoader.all.isEmpty, "no loader or no namespaces here"),
    arguments: InstalledLoader.all.indices)
  func `files: the next boot is what the loader makes of random trees`(index: Int) throws {
    let installed = InstalledLoader.all[index]
    let trees = (0..<Self.count).map { RandomTree.make(seed: 1000 + $0) }
    let found = try installed.values(of: RandomTree.keys, startingWith: Self.base, on: trees)
    for (tree, values) in zip(trees, found) {
      let told = try Self.nextBoot(on: tree, by: installed, values.keys.sorted())
      for (path, value) in values {
        #expect(
          value == told[path] ?? "\(Self.base)",
          "\(installed.program): \(path) of \(tree)")
      }
    }
  }

  /// What the command says that keys hold after a boot, by their paths; nothing of those that are left
  /// alone.
  private static func nextBoot(
    on tree: ConfigurationTree, by installed: InstalledLoader, _ paths: [String]
  ) throws -> [String: String] {
    let folder = try TemporaryFolder()
    try tree.write(to: folder, under: "root")
    if installed.loader != .systemd {
      try folder.write("root/usr/sbin/sysctl", "")
      let library = installed.loader == .procps4_0_5 ? "libproc2.so.1" : "libproc2.so.0"
      try folder.write("root/usr/lib/\(library)", "")
    }
    let live = paths.map { "\($0) = \(base)\n" }.joined() + "kernel.osrelease = 6.18.2\n"
    let run = try Run.tool(
      ["files", "--root", "\(folder.path)/root", "--from", "-", "--json"], input: live)
    #expect(run.code == 0, "\(run.complaint)")
    return try run.json["keys"].array.reduce(into: [:]) { values, key in
      guard let written = key["next_boot"]["value"].string,
        let name = key["key"].string
      else { return }
      values[name.exchanged] = written.split { " \t".contains($0) }.first.map(String.init)
    }
  }
}

extension String {
  /// The path of a key below `/proc/sys`.
  fileprivate var exchanged: String {
    String(map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
  }
}

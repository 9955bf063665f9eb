import Foundation
import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct InstalledLoaderTests {
  private static let base = 7

  @Test(
    .enabled(if: !InstalledLoader.all.isEmpty, "no loader or no namespaces here"),
    arguments: InstalledLoader.all.indices)
  func `loaders: what loaders do to a namespace is what is said`(index: Int) throws {
    let installed = InstalledLoader.all[index]
    let count = ProcessInfo.processInfo.environment["TCPADVISOR_TREES"].flatMap { Int($0) } ?? 40
    let trees =
      SysctlLoadTests.files.map { ConfigurationTree(["/etc/sysctl.d/x.conf": $0.text]) }
      + (0..<count).map(RandomTree.make)
    let found = try installed.values(of: RandomTree.keys, startingWith: Self.base, on: trees)
    for (tree, values) in zip(trees, found) {
      // The device with a dot in its name is not everywhere.
      #expect(values.count >= RandomTree.keys.count - 1)
      let load = tree.configuration.load(by: installed.loader)
      for (path, value) in values {
        let expected = load.value(of: SysctlKey(path: path)) ?? "\(Self.base)"
        #expect(value == expected, "\(installed.program): \(path) of \(tree)")
      }
    }
  }
}

extension SysctlLoad {
  /// What a key holds that takes any number, and what the kernel makes of text after one; nil where no
  /// number is written.
  fileprivate func value(of key: SysctlKey) -> String? {
    writes(to: key).compactMap(\.value)
      .compactMap { $0.split { $0 == " " || $0 == "\t" }.first }
      .last { Int($0) != nil }.map(String.init)
  }
}

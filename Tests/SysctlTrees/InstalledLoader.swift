import Foundation
import NamespaceTesting
package import SysctlFiles
package import TemporaryFolders

/// A loader of this machine, which tests run on trees of files in namespaces of its own.
package struct InstalledLoader: Sendable {
  package let program: String
  package let loader: SysctlLoader

  /// systemd-sysctl, and sysctl or the one that TCPADVISOR_SYSCTL names; none where namespaces are
  /// forbidden.
  package static let all: [InstalledLoader] = {
    let nothing = InstalledLoader(program: "/bin/true", loader: .systemd)
    guard (try? nothing.values(of: [], startingWith: 0, on: [])) != nil else { return [] }
    return [systemd, procps].compactMap(\.self)
  }()

  private static var systemd: InstalledLoader? {
    let program = "/usr/lib/systemd/systemd-sysctl"
    let isThere = FileManager.default.isExecutableFile(atPath: program)
    return isThere ? InstalledLoader(program: program, loader: .systemd) : nil
  }

  private static var procps: InstalledLoader? {
    let wanted = ProcessInfo.processInfo.environment["TCPADVISOR_SYSCTL"]
    let program = wanted ?? "/usr/sbin/sysctl"
    let version = try? output(of: program, ["--version"])
    return version?.split(whereSeparator: \.isWhitespace).last
      .flatMap { SysctlLoader(procps: $0) }
      .map { InstalledLoader(program: program, loader: $0) }
  }

  /// What keys hold after a run on each tree, of those that this machine has; `base` before it.
  ///
  /// - Parameter keys: paths below `/proc/sys`.
  package func values(
    of keys: [String], startingWith base: Int, on trees: [ConfigurationTree]
  ) throws -> [[String: String]] {
    let folder = try TemporaryFolder()
    for (index, tree) in trees.enumerated() { try tree.write(to: folder, under: "trees/\(index)") }
    try folder.write("keys", keys.map { "\($0) \(base)\n" }.joined())
    let words =
      NewNamespaces.userNetworkAndMounts.wrapper
      + ["/bin/sh", "-c", Self.script, "sh", folder.path, program]
      + [loader == .systemd ? "" : "--system"]
    let output = try Self.output(of: words[0], Array(words.dropFirst()))
    withExtendedLifetime(folder) {}
    var values = Array(repeating: [String: String](), count: trees.count)
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      if let index = Int(words[0]) { values[index][words[1]] = words[2] }
    }
    return values
  }

  /// Makes a root with the machine's programs and sysctl files of its own.
  private static let script = #"""
    set -eu
    cd "$1"
    mkdir root
    mount -t tmpfs none root
    cd root
    for folder in usr proc dev lib lib64 bin sbin; do
      if [ -L /$folder ]; then
        cp -P /$folder .
      elif [ -d /$folder ]; then
        mkdir $folder
        mount --rbind /$folder $folder
      fi
    done
    mount -o remount,bind,ro usr
    mount -t tmpfs none usr/local/lib
    mount -t tmpfs none usr/lib/sysctl.d
    cp "$2" loader
    ip link add eth0.7 type veth 2>/dev/null || true
    for tree in ../trees/*/; do
      [ -e "$tree" ] || continue
      find etc run usr/local/lib usr/lib/sysctl.d -mindepth 1 -delete 2>/dev/null || true
      for folder in etc run/sysctl.d usr/local/lib/sysctl.d usr/lib/sysctl.d; do
        [ ! -d "$tree/$folder" ] || { mkdir -p $folder; cp -RP "$tree/$folder/." $folder/; }
      done
      while read -r key base; do
        [ ! -e proc/sys/$key ] || echo $base >proc/sys/$key
      done <../keys
      chroot . /loader $3 >/dev/null 2>&1 || true
      while read -r key base; do
        [ ! -e proc/sys/$key ] || echo $(basename "$tree") $key "$(cat proc/sys/$key)"
      done <../keys
    done
    """#

  private static func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: data, as: UTF8.self)
  }
}

extension ConfigurationTree {
  package func write(to folder: TemporaryFolder, under root: String) throws {
    try folder.makeFolder(root)
    for (path, node) in nodes {
      switch node {
      case .text(let text): try folder.write(root + path, text)
      case .link(let target): try folder.link(root + path, to: target)
      }
    }
  }
}

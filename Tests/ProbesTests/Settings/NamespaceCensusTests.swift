import Foundation
import Linux
import NamespaceTesting
import TemporaryFolders
import Testing

@testable import Probes

struct NamespaceCensusTests {
  /// A tree like /proc with processes in the namespaces that are named.
  private func tree(_ processes: [String: String], own: String = "net:[1]") throws
    -> TemporaryFolder
  {
    let tree = try TemporaryFolder()
    try tree.link("self/ns/net", to: own)
    for (process, namespace) in processes { try tree.link("\(process)/ns/net", to: namespace) }
    return tree
  }

  private func counts(_ tree: TemporaryFolder) -> [Int] {
    let found = NamespaceCensus(in: ProcFS(root: tree.path))
    return [found.processes, found.namespaces, found.unseen]
  }

  @Test
  func `namespace census: processes of other namespaces are counted, and the namespaces`() throws {
    #expect(counts(try tree([:])) == [0, 0, 0])
    #expect(counts(try tree(["1": "net:[1]", "7": "net:[1]"])) == [0, 0, 0])
    let mixed = ["1": "net:[1]", "7": "net:[2]", "8": "net:[2]", "9": "net:[3]", "x1": "net:[4]"]
    #expect(counts(try tree(mixed)) == [3, 2, 0])
  }

  @Test func `namespace census: a process that ended meanwhile does not count`() throws {
    let tree = try tree(["7": "net:[2]"])
    try tree.makeFolder("8/ns")
    #expect(counts(tree) == [1, 1, 0])
  }

  @Test func `namespace census: without a proc nothing is counted`() throws {
    #expect(counts(try TemporaryFolder()) == [0, 0, 0])
  }

  /// Whether a process of ours came to live in another network namespace.
  private static func start() -> Process? {
    let words = NewNamespaces.network.wrapper + ["/bin/sleep", "30"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let link = "/proc/\(process.processIdentifier)/ns/net"
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
    for _ in 0..<200 where process.isRunning {
      let its = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
      if let its, its != own { return process }
      usleep(10_000)
    }
    end(process)
    return nil
  }

  /// Started by a thread that blocks signals, the process would not hear SIGTERM.
  private static func end(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static let isAllowed: Bool = {
    guard let process = start() else { return false }
    end(process)
    return true
  }()

  @Test(.enabled(if: isAllowed, "namespaces are refused here"))
  func `namespace census: a live process in a new namespace is counted`() throws {
    let process = try #require(Self.start())
    defer { Self.end(process) }
    // Other tests may start and end such processes at the same time: this one is there for sure.
    let found = NamespaceCensus(in: ProcFS())
    #expect(found.processes >= 1)
    #expect(found.namespaces >= 1)
    let alone = try TemporaryFolder()
    let identifier = process.processIdentifier
    for name in ["self", "\(identifier)"] {
      try alone.link(name, to: "/proc/\(name == "self" ? "\(getpid())" : name)")
    }
    #expect(counts(alone) == [1, 1, 0])
  }
}

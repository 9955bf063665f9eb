import Foundation
import Glibc
import TemporaryFolders
import Testing

/// A tcpadvisor that runs, and the sandbox it has started where it measures.
final class Running {
  let tool: pid_t
  private let files: TemporaryFolder
  private let start = Date()
  private var status: CInt?

  init(_ arguments: [String], wrapper: [String] = []) throws {
    files = try TemporaryFolder()
    let executable = wrapper.isEmpty ? Machine.executable : Machine.sharedExecutable
    tool = try Run.start(
      wrapper + [executable] + arguments, nil, in: nil,
      streams: [try files.write("0", ""), try files.write("1", ""), try files.write("2", "")])
  }

  deinit {
    kill(tool, SIGKILL)
    if status == nil { waitpid(tool, nil, 0) }
  }

  /// The processes below another one, found by their parents.
  static func children(of parent: pid_t) -> [pid_t] {
    let text = try? String(
      contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { pid_t($0) }
  }

  /// The network namespace of a process, for example `net:[4026532008]`; nil when it has gone.
  static func namespace(of process: pid_t) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net")
  }

  /// Whether anybody is left in a network namespace.
  static func isInhabited(_ namespace: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.contains { self.namespace(of: $0) == namespace }
  }

  /// The sandbox once it runs: in a network namespace of its own, with a connection under way.
  /// - Parameter count: how often its SYN has been sent again.
  func sandbox(retransmitting count: Int = 0) throws -> (process: pid_t, namespace: String) {
    let own = try #require(Self.namespace(of: tool))
    var found: (pid_t, String)?
    let experiments = Self.comes(within: 10) {
      for child in Self.children(of: self.tool) {
        guard let other = Self.namespace(of: child), other != own else { continue }
        let counts = ConnectingSocket.all(seenBy: "\(child)").map(\.retransmissions)
        if counts.contains(where: { $0 >= count }) { found = (child, other) }
      }
      return found != nil
    }
    #expect(experiments)
    return try #require(found)
  }

  /// Whether something becomes true in time.
  static func comes(within seconds: Double, _ condition: () -> Bool) -> Bool {
    let end = Date() + seconds
    while Date() < end {
      if condition() { return true }
      usleep(10_000)
    }
    return condition()
  }

  /// Whether it ends in time.
  func ends(within seconds: Double) -> Bool {
    Self.comes(within: seconds) {
      var status: CInt = 0
      if self.status == nil, waitpid(self.tool, &status, WNOHANG) == self.tool {
        self.status = status
      }
      return self.status != nil
    }
  }

  /// The exit code; nil while it runs or when a signal ended it.
  var code: CInt? { status.flatMap { $0 & 0x7f == 0 ? $0 >> 8 & 0xff : nil } }
  var seconds: Double { Date().timeIntervalSince(start) }
  var output: String { String(decoding: (try? files.bytes("1")) ?? [], as: UTF8.self) }
  var complaint: String { String(decoding: (try? files.bytes("2")) ?? [], as: UTF8.self) }
  var measurements: [JSON] {
    get throws {
      try JSON(parsing: output)["measurements"].array
    }
  }
}

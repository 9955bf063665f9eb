import Foundation
import TemporaryFolders
import Testing

/// The system calls that a command and its children made, as strace(1) writes them down.
struct Trace {
  struct Call {
    let process: Int
    let name: String
    /// As in C, with the names of constants.
    let arguments: String
    let result: String

    var succeeded: Bool { !result.hasPrefix("-") && !result.hasPrefix("?") }

    /// The first text among the arguments: of calls that take a path, the path.
    var text: String {
      let parts = arguments.split(separator: "\"", omittingEmptySubsequences: false)
      return parts.count > 1 ? String(parts[1]) : ""
    }

    /// Whether a file was changed, or opened to be.
    var changesFiles: Bool {
      switch name {
      case "open", "openat":
        ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].contains { arguments.contains($0) }
      default: Self.changing.contains(name)
      }
    }

    static let changing = [
      "creat", "mkdir", "mkdirat", "mknod", "mknodat", "unlink", "unlinkat", "rmdir", "rename",
      "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "chmod", "fchmodat",
      "chown", "lchown", "fchownat", "truncate", "utimensat", "setxattr", "mount", "umount2",
      "sethostname",
    ]
  }

  private static let others = [
    "open", "openat", "execve", "socket", "connect", "sendto", "sendmsg", "unshare", "prctl",
    "kill",
  ]

  let calls: [Call]
  let run: Run

  /// Calls that say what a command does to the host, and whom it contacts.
  static let deeds = Call.changing + others

  /// Runs tcpadvisor.
  /// - Parameter names: the calls that are noted.
  init(of arguments: [String], noting names: [String] = Self.deeds) throws {
    let folder = try TemporaryFolder(["calls": ""])
    let strace = [
      "strace", "-f", "-qq", "-s", "512", "-e", "signal=none", "-o", "\(folder.path)/calls", "-e",
      "trace=\(names.map { "?" + $0 }.joined(separator: ","))",
    ]
    run = try Run.tool(arguments, wrapper: ["/usr/bin/env"] + strace)
    calls = Self.parsed(try folder.text("calls"))
  }

  private static func parsed(_ text: String) -> [Call] {
    var begun: [Int: String] = [:]
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let process = Int(parts[0]) else { return nil }
      var call = parts[1].trimmingCharacters(in: .whitespaces)
      if call.hasPrefix("<... "), let end = call.range(of: " resumed>") {
        call = (begun.removeValue(forKey: process) ?? "") + call[end.upperBound...]
      }
      if let cut = call.range(of: " <unfinished ...>") {
        begun[process] = String(call[..<cut.lowerBound])
        return nil
      }
      guard let start = call.firstIndex(of: "("),
        let end = call.range(of: " = ", options: .backwards)
      else { return nil }
      return Call(
        process: process, name: String(call[..<start]),
        arguments: String(call[call.index(after: start)..<end.lowerBound]),
        result: String(call[end.upperBound...]))
    }
  }
}

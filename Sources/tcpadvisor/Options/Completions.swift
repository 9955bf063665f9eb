import Advisor
import ArgumentParser
import InputFiles
import Linux
import Reports
import TCPModel

/// What a shell offers to complete a word with.
enum Completions {
  /// Built-in profiles, and files that may be some.
  static let profiles = CompletionKind.custom { _, _, word in
    BuiltInProfiles.names + files(beside: word, endingIn: [".yaml", ".yml"])
  }
  static let builtInProfiles = CompletionKind.list(BuiltInProfiles.names)
  static let programs = CompletionKind.list(BuiltInProfiles.programs)
  static let scenarios = CompletionKind.list(Scenario.allCases.map(\.rawValue))
  static let sysctls = CompletionKind.list(sysctlNames)
  static let options = CompletionKind.list(SocketOption.all.map(\.name))
  static let clients = CompletionKind.list(ClientActivity.allCases.map(\.rawValue))
  static let errnos = CompletionKind.list(Errno.named.map(\.name))
  /// All that `explain` explains.
  static let topics = CompletionKind.list(
    Scenario.allCases.map(\.rawValue) + ImmediateFailure.allCases.map(\.rawValue) + sysctlNames
      + SocketOptionInfo.all.map(\.name) + LintRule.all.map(\.id))

  /// In full and short, as both are taken.
  private static let sysctlNames = SysctlCatalog.all.flatMap { sysctl in
    let (name, short) = (sysctl.key.rawValue, "\(sysctl.key.shortName)")
    return name == short ? [name] : [name, short]
  }

  /// Files and folders of the folder that a word names.
  private static func files(beside word: String, endingIn endings: [String]) -> [String] {
    let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    let names = (try? ProcFS(root: folder.isEmpty ? "." : folder).list("")) ?? []
    return names.sorted().compactMap { name in
      let path = folder + name
      if FileTree.isDirectory(path) { return path + "/" }
      // A name without `/` and ending would be that of a built-in profile.
      return endings.contains { name.hasSuffix($0) } ? path : nil
    }
  }
}

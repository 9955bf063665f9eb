import ArgumentParser
import Linux
import Probes
import TCPModel

/// The network namespace of this host to look at.
struct NamespaceOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use another network namespace: a name of `ip netns` or a process ID.", valueName: "name|pid")
  )
  var netns: String?

  /// What entering it takes.
  var rights: Rights { netns == nil ? [] : .namespaces }

  /// From then on this process reads and measures as one of that namespace would.
  func enter() throws {
    guard let netns else { return }
    guard !netns.isEmpty, !netns.contains("/"), netns != ".", netns != ".." else {
      throw UsageError(
        "--netns “\(netns)”: a name as `ip netns list` shows it is needed, or the number of a process"
      )
    }
    do throws(SystemCallError) {
      try NetworkNamespace.enter(
        isProcess ? "/proc/\(netns)/ns/net" : NetworkNamespaces.home.path(netns))
    } catch {
      throw UsageError("--netns \(netns): \(Self.wording(of: error, for: netns, isProcess))")
    }
  }

  /// What comes before a command that is to run there; nil where it is this process's own.
  var shellPrefix: String? {
    netns.map { isProcess ? "nsenter -t \($0) -n " : "ip netns exec \($0) " }
  }

  private var isProcess: Bool { netns?.allSatisfy { $0.isASCII && $0.isNumber } == true }

  /// The settings there that are needed; nil is all.
  func snapshot(of needed: [SysctlKey]? = nil) throws -> SettingsSnapshot {
    try enter()
    return try SettingsSource.readings(
      of: ProcFS(), needed.map { Set($0 + KernelRules.telltales) })
  }

  private static func wording(of error: SystemCallError, for name: String, _ isProcess: Bool)
    -> String
  {
    switch error.code {
    case .notPermitted, .accessDenied: return "\(error); root may enter it"
    case .noEntry where isProcess: return "there is no such process"
    case .noEntry:
      let names = (try? NetworkNamespaces.home.list("")) ?? []
      let near = NearestName.question(name, among: names)
      let all = names.isEmpty ? "" : "; there are: \(names.prefix(20).joined(separator: ", "))"
      return "there is no such name in \(NetworkNamespaces.home.root)\(near ?? all)"
    default: return error.description
    }
  }
}

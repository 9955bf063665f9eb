import Advisor
import TCPModel

/// The modules without which keys of the plan are not there yet when sysctl.d is read.
struct ModulesLoadFile: HostFile {
  let name = "modules-load"
  let summary = "A file for /etc/modules-load.d, for keys that a module brings."

  func fileName(for plan: String) -> String { "modules-load.d/tcpadvisor-\(plan).conf" }

  func text(for plan: PortablePlan, head: String) -> String {
    var keys: [String: [String]] = [:]
    for change in plan.plan.sysctls {
      if let module = change.key.module { keys[module, default: []].append(change.key.rawValue) }
    }
    guard !keys.isEmpty else {
      return head + "#\n" + CommentWrapper.fold("No key of the plan needs a module.")
    }
    return head
      + keys.sorted { $0.key < $1.key }.map { module, keys in
        "\n\(CommentWrapper.fold("for \(keys.listed)"))\(module)\n"
      }.joined()
  }
}

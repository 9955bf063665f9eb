package import Linux
import TCPModel

/// Processes that live in other network namespaces, where this one's sysctls do not reach.
package struct NamespaceCensus {
  package private(set) var processes = 0
  package private(set) var namespaces = 0
  /// Processes whose namespace this user may not see.
  package private(set) var unseen = 0

  /// Counts them; kernel threads are not counted.
  package init(in procFS: ProcFS) {
    guard case .known(let own) = Self.namespace(of: "self", in: procFS) else { return }
    var others: Set<String> = []
    for process in (try? procFS.processes()) ?? [] {
      switch Self.namespace(of: "\(process)", in: procFS) {
      case .known(own), .gone: continue
      case .known(let other):
        processes += 1
        others.insert(other)
      case .hidden:
        if !procFS.isKernelThread(process) { unseen += 1 }
      }
    }
    namespaces = others.count
  }

  private enum Namespace: Equatable {
    case known(String)
    /// Of another user.
    case hidden
    /// The process ended meanwhile, or is a zombie.
    case gone
  }

  private static func namespace(of process: String, in procFS: ProcFS) -> Namespace {
    do throws(SystemCallError) {
      return .known(try procFS.link("\(process)/ns/net"))
    } catch {
      return error.code == .accessDenied || error.code == .notPermitted ? .hidden : .gone
    }
  }
}

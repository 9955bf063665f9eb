package import Advisor
import TCPModel

/// The sysctls that a YAML file sets: Ansible's tasks and variables, pods of Kubernetes, services of
/// Compose, and whatever else holds a map or a list with names of sysctls.
package enum SysctlsInYAML {
  /// What a file sets, and what of it is left to a template engine.
  package struct Content {
    package fileprivate(set) var assignments: [LintAssignment] = []
    package fileprivate(set) var template = LintTemplate()
  }

  /// Returns what a file sets. What templates fill in is left out where the rest is YAML without it.
  ///
  /// - Parameter file: the path as it was given.
  package static func content(of bytes: [UInt8], file: String) throws(ProfileError) -> Content {
    // Much YAML is of other things, and some of it is none.
    guard bytes.count > ForeignYAML.mostBytes || mentionsSysctls(bytes) else { return Content() }
    let read = try ForeignYAML.content(of: bytes, file: file)
    return content(of: read.documents, templated: read.templated)
  }

  private static func mentionsSysctls(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("sysctl")
      || text.split { " \n\t\"'{}[],=:".contains($0) }.contains { LintAssignment.isName($0) }
  }

  /// - Parameter lines: those that are known to be of a template.
  private static func content(of documents: [Node], templated lines: Set<Int>) -> Content {
    var walk = SysctlWalk()
    for document in documents { walk.visit(document, in: SysctlWalk.Surroundings()) }
    return Content(
      assignments: walk.found,
      template: LintTemplate(lines: walk.templatedLines.union(lines), keys: walk.templatedKeys))
  }
}

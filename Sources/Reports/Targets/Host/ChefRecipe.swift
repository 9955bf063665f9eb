import Advisor
import TCPModel

/// A Chef recipe. Comments are arrays: of a text of several lines only the first would become one.
struct ChefRecipe: HostFile {
  let name = "chef"
  let summary = "A recipe for Chef."
  let provedWith: String? = "ruby, with a stand-in for the resource"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).rb" }

  func text(for plan: PortablePlan, head: String) -> String {
    head + plan.annotatedSysctls.map(resource).joined()
  }

  private func resource(_ sysctl: AnnotatedSysctl) -> String {
    """

    sysctl \(sysctl.key.rawValue.rubyQuoted) do
      value \(sysctl.plainValue.rubyQuoted)
      comment [
    \(sysctl.rubyComments)  ]
    end

    """
  }
}

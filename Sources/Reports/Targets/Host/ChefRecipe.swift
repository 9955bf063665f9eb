import Advisor
import TCPModel

/// A Chef recipe. Comments are arrays: of a text of several lines only the first would become one.
struct ChefRecipe: PlanEmitter {
  let name = "chef"
  let summary = "A recipe for Chef."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "ruby, with a stand-in for the resource"

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan).rb"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      EmittedFile(file, plan.head(of: file) + plan.annotatedSysctls.map(resource).joined())
    }
  }

  private func resource(_ sysctl: AnnotatedSysctl) -> String {
    let lines = sysctl.paragraphs.map { "    \($0.printableLine.rubyQuoted),\n" }.joined()
    return """

      sysctl \(sysctl.key.rawValue.rubyQuoted) do
        value \(sysctl.plainValue.rubyQuoted)
        comment [
      \(lines)  ]
      end

      """
  }
}

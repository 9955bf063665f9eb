import Advisor
import TCPModel

/// Amazon ECS: a field of a container definition.
struct ECSTaskDefinition: PlatformFile {
  let name = "ecs"
  let summary = "The systemControls of a container definition of Amazon ECS."
  let platform = Platform.ecs
  let advice = ""
  let takesComments = false
  let provedWith: String? = "cfn-lint"

  func fileName(for plan: String) -> String { "\(plan).ecs.json" }

  func text(for share: PlatformShare, head: String) -> String {
    let controls: JSON = [
      "systemControls": .array(
        share.entries.map { ["namespace": .string($0.key), "value": .string($0.text)] })
    ]
    return controls.text + "\n"
  }
}

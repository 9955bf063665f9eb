import Advisor
import TCPModel

/// Ignition 3.3: JSON, which has no comments; those of the drop-in are in it.
struct IgnitionConfig: PlanEmitter {
  let name = "ignition"
  let summary = "A configuration for Ignition."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "ignition-validate"

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan).ign"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    let file: JSON = [
      "path": .string(plan.path), "mode": .integer(0o644), "overwrite": .bool(true),
      "contents": ["source": .string("data:,\(plan.dropIn.percentEncoded)")],
    ]
    let text: JSON = [
      "ignition": ["version": .string("3.3.0")], "storage": ["files": .array([file])],
    ]
    return fileNames(for: plan.name).map { EmittedFile($0, text.text + "\n") }
  }
}

import Advisor
import TCPModel

/// Ignition 3.3: JSON, which has no comments; those of the drop-in are in it.
struct IgnitionConfig: HostFile {
  let name = "ignition"
  let summary = "A configuration for Ignition."
  let provedWith: String? = "ignition-validate"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).ign" }

  func text(for plan: PortablePlan, head: String) -> String {
    let file: JSON = [
      "path": .string(plan.path), "mode": .integer(0o644), "overwrite": .bool(true),
      "contents": ["source": .string("data:,\(plan.dropIn.percentEncoded())")],
    ]
    let text: JSON = [
      "ignition": ["version": .string("3.3.0")], "storage": ["files": .array([file])],
    ]
    return text.text + "\n"
  }
}

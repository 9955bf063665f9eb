import Advisor
import TCPModel

/// A NixOS module.
struct NixOSModule: PlanEmitter {
  let name = "nixos"
  let summary = "A module for NixOS."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "nix-instantiate"

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan).nix"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      let lines = plan.annotatedSysctls.map { sysctl in
        sysctl.comments(prefix: "    # ")
          + "    \(sysctl.key.rawValue.nixQuoted) = \(value(sysctl.plainValue));\n"
      }
      let values = lines.isEmpty ? "{ }" : "{\n\(lines.joined(separator: "\n"))  }"
      return EmittedFile(
        file, plan.head(of: file) + "{ ... }:\n{\n  boot.kernel.sysctl = \(values);\n}\n")
    }
  }

  /// A number as one, so that modules that know the key can merge it.
  private func value(_ text: String) -> String {
    Int(text).map { "\($0)" } ?? text.nixQuoted
  }
}

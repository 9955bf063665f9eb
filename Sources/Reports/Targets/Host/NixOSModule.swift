import Advisor
import TCPModel

/// A NixOS module.
struct NixOSModule: HostFile {
  let name = "nixos"
  let summary = "A module for NixOS."
  let provedWith: String? = "nix-instantiate"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).nix" }

  func text(for plan: PortablePlan, head: String) -> String {
    let lines = plan.annotatedSysctls.map { sysctl in
      sysctl.comments(prefix: "    # ")
        + "    \(sysctl.key.rawValue.nixQuoted) = \(value(sysctl.plainValue));\n"
    }
    let values = lines.isEmpty ? "{ }" : "{\n\(lines.joined(separator: "\n"))  }"
    return head + "{ ... }:\n{\n  boot.kernel.sysctl = \(values);\n}\n"
  }

  /// A number as one, so that modules that know the key can merge it.
  private func value(_ text: String) -> String {
    Int(text).map { "\($0)" } ?? text.nixQuoted
  }
}

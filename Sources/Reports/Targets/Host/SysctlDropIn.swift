package import Advisor
import TCPModel

/// A file for /etc/sysctl.d, ready to commit: above each key why, and what it changes in seconds.
package struct SysctlDropIn: PlanEmitter {
  package let name = "sysctl"
  package let summary = "A file for /etc/sysctl.d."
  package let part = PlanPart.host
  package let group = PlanEmitterGroup.configurationManagement
  package let provedWith: String? = "sysctl -p"

  package func fileNames(for plan: String) -> [String] { [PortablePlan.fileName(for: plan)] }

  package func files(for plan: PortablePlan) -> [EmittedFile] {
    let lines = plan.annotatedSysctls.map {
      "\n\($0.comments())\($0.key) = \($0.value.printableLine)\n"
    }
    return [EmittedFile(plan.fileName, plan.head(of: plan.fileName) + lines.joined())]
  }
}

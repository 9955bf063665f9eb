import Advisor
import TCPModel

/// Puppet, by the define of thias-sysctl: a file for each key, which the define names.
struct PuppetSysctlDefine: HostFile {
  let name = "puppet-thias"
  let summary = "A manifest for the sysctl define of thias-sysctl."
  let provedWith: String? = "puppet parser validate"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)-thias.pp" }

  func text(for plan: PortablePlan, head: String) -> String {
    head + plan.annotatedSysctls.map(resource).joined()
  }

  private func resource(_ sysctl: AnnotatedSysctl) -> String {
    """

    sysctl { \(sysctl.key.rawValue.rubyQuoted):
      value   => \(sysctl.plainValue.rubyQuoted),
      prefix  => '60',
      comment => [
    \(sysctl.rubyComments)  ],
    }

    """
  }
}

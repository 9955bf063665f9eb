import Advisor
import TCPModel

/// Puppet, by the type of puppet-augeasproviders_sysctl (Vox Pupuli): a value at a time, with its comment.
struct PuppetSysctlType: HostFile {
  let name = "puppet-augeasproviders"
  let summary = "A manifest for the sysctl type of puppet-augeasproviders_sysctl."
  let provedWith: String? = "puppet parser validate"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)-augeasproviders.pp" }

  func text(for plan: PortablePlan, head: String) -> String {
    head + plan.annotatedSysctls.map { resource($0, plan.path) }.joined()
  }

  private func resource(_ sysctl: AnnotatedSysctl, _ path: String) -> String {
    """

    \(sysctl.comments())sysctl { \(sysctl.key.rawValue.rubyQuoted):
      ensure  => present,
      value   => \(sysctl.plainValue.rubyQuoted),
      target  => \(path.rubyQuoted),
      comment => \(sysctl.meaning.printableLine.rubyQuoted),
    }

    """
  }
}

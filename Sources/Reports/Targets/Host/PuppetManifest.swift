import Advisor
import TCPModel

/// A Puppet manifest: the drop-in, and a command that loads it where a live value differs.
struct PuppetManifest: HostFile {
  let name = "puppet"
  let summary = "A manifest for Puppet that needs no module."
  let provedWith: String? = "puppet apply"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).pp" }

  func text(for plan: PortablePlan, head: String) -> String { head + resources(plan) }

  private func resources(_ plan: PortablePlan) -> String {
    """

    file { \(plan.path.rubyQuoted):
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      content => \(plan.dropIn.rubyQuoted),
    }

    -> exec { \("load \(plan.path)".rubyQuoted):
      command  => \("sysctl -p \(plan.path.shellQuoted)".rubyQuoted),
      unless   => \(holds(plan).rubyQuoted),
      path     => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
      provider => shell,
    }

    """
  }

  /// A command that succeeds where all live values are those of the plan; the kernel puts tabs between
  /// numbers.
  private func holds(_ plan: PortablePlan) -> String {
    let tests = plan.annotatedSysctls.map { sysctl in
      let live = "$(sysctl -n \(sysctl.key.rawValue.shellQuoted) | tr '\\t' ' ')"
      return "test \"\(live)\" = \(sysctl.plainValue.shellQuoted)"
    }
    return tests.isEmpty ? "true" : tests.joined(separator: " &&\n  ")
  }
}

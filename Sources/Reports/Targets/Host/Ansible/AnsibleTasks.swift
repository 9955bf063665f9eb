import Advisor
import TCPModel

/// Ansible tasks: a file of its own, never the default /etc/sysctl.conf, which Debian 13 does not read.
struct AnsibleTasks: HostFile {
  let name = "ansible"
  let summary = "Tasks for Ansible, by ansible.posix.sysctl."
  let provedWith: String? = "ansible-playbook"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)-tasks.yml" }

  func text(for plan: PortablePlan, head: String) -> String {
    let tasks = plan.annotatedSysctls.map { task($0, plan.path) }
    return head + "---\n" + (tasks.isEmpty ? "[]\n" : tasks.joined(separator: "\n"))
  }

  /// `sysctl_set` writes the live value, and sees where it has drifted.
  private func task(_ sysctl: AnnotatedSysctl, _ path: String) -> String {
    let key = sysctl.key.rawValue.jsonQuoted
    return """
      \(sysctl.comments())- name: \("Set \(sysctl.key)".jsonQuoted)
        ansible.posix.sysctl:
          name: \(key)
          value: \(sysctl.plainValue.jsonQuoted)
          sysctl_file: \(path.jsonQuoted)
          sysctl_set: true
          state: present
          reload: true

      """
  }
}

import Advisor
import TCPModel

/// An Ansible role that needs no collection: a template, a handler that loads it, and a look at the live
/// values, so that one that drifted is set again.
struct AnsibleRole: PlanEmitter {
  let name = "ansible-role"
  let summary = "A role for Ansible: template, handler, and a look at the live values."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "ansible-playbook"

  func fileNames(for plan: String) -> [String] {
    ["defaults", "tasks", "handlers"].map { "\(role(plan))/\($0)/main.yml" } + [
      "\(role(plan))/templates/sysctl.conf.j2"
    ]
  }

  private func role(_ plan: String) -> String {
    "tcpadvisor_\(plan.identifier)"
  }

  func emission(of plan: PortablePlan) -> Emission {
    let texts = [defaults(plan), tasks(plan), handlers(plan), template(plan)]
    return Emission(
      zip(fileNames(for: plan.name), texts).map { file, text in
        let head = plan.head(of: file)
        return EmittedFile(file, (file.hasSuffix(".j2") ? head.withoutJinja : head) + text)
      })
  }

  private func defaults(_ plan: PortablePlan) -> String {
    let values = plan.annotatedSysctls.map {
      "  \($0.key.rawValue.jsonQuoted): \($0.plainValue.jsonQuoted)\n"
    }
    return "---\ntcpadvisor_file: \(plan.path.jsonQuoted)\ntcpadvisor_sysctls:"
      + (values.isEmpty ? " {}\n" : "\n" + values.joined())
  }

  private func tasks(_ plan: PortablePlan) -> String {
    """
    ---
    - name: Write the file
      ansible.builtin.template:
        src: sysctl.conf.j2
        dest: "{{ tcpadvisor_file }}"
        owner: root
        group: root
        mode: "0644"
      notify: Load the file

    - name: Look for values that differ
      ansible.builtin.command:
        argv: [sysctl, -n, "{{ item.key }}"]
      loop: "{{ tcpadvisor_sysctls | dict2items }}"
      loop_control:
        label: "{{ item.key }}"
      register: tcpadvisor_live
      changed_when: tcpadvisor_live.stdout.split() != (item.value | string).split()
      check_mode: false
      notify: Load the file

    """
  }

  private func handlers(_ plan: PortablePlan) -> String {
    """
    ---
    - name: Load the file
      ansible.builtin.command:
        argv: [sysctl, -p, "{{ tcpadvisor_file }}"]
      changed_when: true

    """
  }

  private func template(_ plan: PortablePlan) -> String {
    plan.annotatedSysctls.map { sysctl in
      "\n\(sysctl.comments().withoutJinja)"
        + "\(sysctl.key) = {{ tcpadvisor_sysctls[\(sysctl.key.rawValue.jsonQuoted)] }}\n"
    }.joined()
  }
}

extension String {
  /// The same without what Jinja would take for its own.
  fileprivate var withoutJinja: String {
    ["{", "%", "#"].reduce(self) { text, mark in
      text.split(separator: "{\(mark)", omittingEmptySubsequences: false)
        .joined(separator: "{ \(mark)")
    }
  }
}

import Advisor
import TCPModel

/// An Ansible role that needs no collection, and a playbook that rolls it out.
///
/// The role alone is a template, a handler that loads it, and a look at the live values, so that one that
/// drifted is set again; it keeps what was there before, and takes itself back. The playbook gathers
/// snapshots, validates, and judges hosts as well, for which they need the tool.
struct AnsibleRole: PlanEmitter {
  let name = "ansible-role"
  let summary = "A role for Ansible, and a playbook that rolls it out in batches and judges each."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "ansible-playbook"

  private static let taskFiles: [(name: String, text: String)] = [
    ("main", mainTasks), ("apply", applyTasks), ("undo", undoTasks), ("folder", folderTasks),
    ("install", installTasks),
    ("gather", gatherTasks), ("fleet", fleetTasks), ("validate", validateTasks),
    ("judge", judgeTasks),
  ]

  func fileNames(for plan: String) -> [String] {
    let role = role(plan)
    return ["\(role)_rollout.yml"]
      + (["defaults", "vars", "handlers"].map { "\($0)/main.yml" }
      + Self.taskFiles.map { "tasks/\($0.name).yml" } + ["templates/sysctl.conf.j2"])
      .map { "\(role)/\($0)" }
  }

  private func role(_ plan: String) -> String { "tcpadvisor_\(plan.identifier)" }

  func emission(of plan: PortablePlan) -> Emission {
    let texts =
      [rollout(of: role(plan.name)), defaults(plan), variables(plan), Self.handlers]
      + Self.taskFiles.map(\.text) + [template(plan)]
    return Emission(
      zip(fileNames(for: plan.name), texts).map { file, text in
        let head = plan.head(of: file)
        return EmittedFile(file, (file.hasSuffix(".j2") ? head.withoutJinja : head) + text)
      }
        + plan.files.map { EmittedFile("\(role(plan.name))/\($0.roleName)", $0.text) })
  }

  private func defaults(_ plan: PortablePlan) -> String {
    let values = plan.annotatedSysctls.map {
      "  \($0.key.rawValue.jsonQuoted): \($0.plainValue.jsonQuoted)\n"
    }
    let profiles = plan.profiles.map { profile in
      let file = plan.files.first { $0.isOwn && $0.profile == profile.name }
      return "  - \((file?.roleText ?? profile.name).jsonQuoted)\n"
    }
    return """
      ---
      tcpadvisor_file: \(plan.path.jsonQuoted)
      tcpadvisor_sysctls:\(values.isEmpty ? " {}\n" : "\n" + values.joined())
      # Whether the role takes itself back: the values of before, and no file.
      tcpadvisor_undo: false
      # Where a host keeps the values of before, and profiles.
      tcpadvisor_folder: /var/lib/tcpadvisor

      # For the playbook. A binary on the controller that is copied to the hosts;
      # without one they have tcpadvisor on their PATH, as a package brings it.
      tcpadvisor_binary: ""
      tcpadvisor_command: >-
        {{ '/usr/local/bin/tcpadvisor' if tcpadvisor_binary else 'tcpadvisor' }}
      # The same on the controller.
      tcpadvisor_controller_command: "{{ tcpadvisor_binary or 'tcpadvisor' }}"
      # Names of built-in profiles, and paths of others on the controller.
      tcpadvisor_profiles:
      \(profiles.joined())\
      # Where the controller keeps a snapshot of each host.
      tcpadvisor_snapshots: "{{ playbook_dir }}/tcpadvisor-snapshots"
      # How long the plan is measured on one host of each kernel.
      tcpadvisor_budget: 10s
      # Exit codes of measure with which the roll-out goes on: 1 where a measurement
      # is outside of its range, 2 where nothing could be measured.
      tcpadvisor_measure_codes: [0]

      """
  }

  /// Names of groups may hold what Jinja would take for its own.
  private func variables(_ plan: PortablePlan) -> String {
    var known: Set<String> = []
    let left = plan.findingsOfHostPart.filter { !$0.status.isMet && known.insert($0.id).inserted }
    let lines = left.map { "  - !unsafe \($0.id.jsonQuoted)\n" }
    return """
      ---
      # What these sysctls alone do not meet: programs have to, or nothing does.
      tcpadvisor_left:\(lines.isEmpty ? " []\n" : "\n" + lines.joined())
      # Whether profiles that are not built in lie in the role.
      tcpadvisor_carries_profiles: \(!plan.files.isEmpty)
      # As the tool takes profiles, on a host.
      tcpadvisor_profile_words: >-
        {{ ['--profile'] | product(tcpadvisor_profiles
        | map('regex_replace',
        '^(' ~ (role_path ~ '/files/') | regex_escape ~ '|.*/)',
        tcpadvisor_folder ~ '/profiles/')) | flatten }}

      """
  }

  private func template(_ plan: PortablePlan) -> String {
    plan.annotatedSysctls.map { sysctl in
      "\n\(sysctl.comments().withoutJinja)"
        + "\(sysctl.key) = {{ tcpadvisor_sysctls[\(sysctl.key.rawValue.jsonQuoted)] }}\n"
    }.joined()
  }
}

extension ProfileFile {
  /// Where it lies in the role.
  fileprivate var roleName: String { "files/\(profile)/\(path)" }

  /// The same for Jinja, which is to take nothing in it for its own.
  fileprivate var roleText: String {
    let quoted = roleName.replacingScalars(["\\": "\\\\", "'": "\\'"])
    return "{{ role_path ~ '/\(quoted)' }}"
  }
}

extension String {
  /// The same without what Jinja would take for its own.
  fileprivate var withoutJinja: String {
    ["{", "%", "#"].reduce(self) { text, mark in
      text.replacingEach("{\(mark)", with: "{ \(mark)")
    }
  }
}

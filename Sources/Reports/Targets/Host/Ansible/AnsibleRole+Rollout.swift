extension AnsibleRole {
  /// Ends at the first batch in which a host fails, before any host of a later one is touched.
  func rollout(of role: String) -> String {
    """
    #
    # ansible-playbook -i INVENTORY THIS_FILE
    #   --check --diff              shows what it would change
    #   -e tcpadvisor_binary=PATH   copies this binary of tcpadvisor to the hosts
    #   -e '{"tcpadvisor_serial": [1, "10%"]}'   makes other batches
    #   -e tcpadvisor_hosts=GROUP   takes a part of the inventory
    #   -e tcpadvisor_undo=true     takes everything back
    #   --tags gather               changes no setting: what snapshots say
    ---
    - name: Gather snapshots, and judge all of them
      hosts: "{{ tcpadvisor_hosts | default('all') }}"
      gather_facts: false
      become: true
      tags: [gather]
      tasks:
    \(Self.steps(role, ["install", "gather", "fleet"], unlessUndone: true))
    - name: Validate on one host of each kernel
      hosts: "{{ tcpadvisor_hosts | default('all') }}"
      gather_facts: false
      become: true
      any_errors_fatal: true
      tags: [validate]
      tasks:
    \(Self.steps(role, ["validate"], unlessUndone: true))
    - name: Roll out in batches, and judge each
      hosts: "{{ tcpadvisor_hosts | default('all') }}"
      gather_facts: false
      become: true
      serial: "{{ tcpadvisor_serial | default([1, '25%', '100%']) }}"
      any_errors_fatal: true
      tags: [apply]
      tasks:
    \(Self.steps(role, ["main"], unlessUndone: false))
        - name: Load before judging
          ansible.builtin.meta: flush_handlers

    \(Self.steps(role, ["judge"], unlessUndone: true))
    """
  }

  private static let titles = [
    "install": "Install tcpadvisor and profiles", "gather": "Gather a snapshot",
    "fleet": "Judge all snapshots", "validate": "Measure the plan", "main": "Apply, or take back",
    "judge": "Judge the host",
  ]

  private static func steps(_ role: String, _ steps: [String], unlessUndone: Bool) -> String {
    let condition =
      unlessUndone ? "\n      when: not tcpadvisor_undo | default(false) | bool" : ""
    return steps.map { step in
      """
          - name: \(titles[step] ?? step)
            ansible.builtin.import_role:
              name: \(role)
              tasks_from: \(step)\(condition)
            tags: [\(step)]

      """
    }.joined(separator: "\n")
  }

  static let installTasks = """
    ---
    - name: Copy the binary
      ansible.builtin.copy:
        src: "{{ tcpadvisor_binary }}"
        dest: "{{ tcpadvisor_command }}"
        owner: root
        group: root
        mode: "0755"
      when: tcpadvisor_binary | length > 0

    - name: Have a folder for profiles
      ansible.builtin.import_tasks: folder.yml

    - name: Copy the profiles of the role
      ansible.builtin.copy:
        src: "{{ role_path }}/files/"
        dest: "{{ tcpadvisor_folder }}/profiles/"
        owner: root
        group: root
        mode: "0644"
        directory_mode: "0755"
      when:
        - tcpadvisor_carries_profiles
        - not (ansible_check_mode and tcpadvisor_made is changed)

    - name: Copy other profiles that are not built in
      ansible.builtin.copy:
        src: "{{ item }}"
        dest: "{{ tcpadvisor_folder }}/profiles/"
        owner: root
        group: root
        mode: "0644"
      loop: >-
        {{ tcpadvisor_profiles | select('search', '/')
        | reject('search', '^' ~ (role_path ~ '/files/') | regex_escape) }}
      when: not (ansible_check_mode and tcpadvisor_made is changed)

    - name: Look for tcpadvisor
      ansible.builtin.command:
        argv: ["{{ tcpadvisor_command }}", --version]
      register: tcpadvisor_found
      changed_when: false
      failed_when: tcpadvisor_found.rc != 0 and not ansible_check_mode
      check_mode: false

    """

  /// With `--check` hosts that have no binary yet are left out.
  static let gatherTasks = """
    ---
    - name: Take a snapshot
      ansible.builtin.command:
        argv: ["{{ tcpadvisor_command }}", snapshot]
      register: tcpadvisor_snapshot
      changed_when: false
      check_mode: false
      when: tcpadvisor_found.rc == 0

    - name: Make a folder for the snapshots
      ansible.builtin.file:
        path: "{{ tcpadvisor_snapshots }}"
        state: directory
        mode: "0700"
      delegate_to: localhost
      become: false
      run_once: true
      changed_when: false
      check_mode: false

    - name: Keep the snapshot on the controller
      ansible.builtin.copy:
        content: "{{ tcpadvisor_snapshot.stdout }}"
        dest: "{{ tcpadvisor_snapshots }}/{{ inventory_hostname }}.json"
        mode: "0600"
      delegate_to: localhost
      become: false
      changed_when: false
      check_mode: false
      diff: false
      when: tcpadvisor_found.rc == 0

    """

  static let fleetTasks = """
    ---
    - name: Judge all snapshots
      ansible.builtin.command:
        argv: >-
          {{ [tcpadvisor_controller_command, 'fleet', tcpadvisor_snapshots]
          + (['--profile'] | product(tcpadvisor_profiles) | flatten) }}
      delegate_to: localhost
      become: false
      run_once: true
      register: tcpadvisor_fleet
      changed_when: false
      failed_when:
        - tcpadvisor_fleet.rc not in [0, 1]
        - tcpadvisor_fleet.stdout == ''
      check_mode: false

    - name: Say what they are judged
      ansible.builtin.debug:
        msg: "{{ tcpadvisor_fleet.stdout_lines }}"
      run_once: true

    """

  static let validateTasks = """
    ---
    - name: Ask for the kernel
      ansible.builtin.command:
        argv: [uname, -r]
      register: tcpadvisor_kernel
      changed_when: false
      check_mode: false

    - name: Measure the plan on one host of each kernel
      ansible.builtin.command:
        argv: >-
          {{ [tcpadvisor_command, 'measure', '--budget', tcpadvisor_budget]
          + tcpadvisor_profile_words }}
      vars:
        tcpadvisor_kernels: >-
          {{ ansible_play_hosts
          | map('extract', hostvars, ['tcpadvisor_kernel', 'stdout']) | list }}
        tcpadvisor_first: "{{ tcpadvisor_kernels.index(tcpadvisor_kernel.stdout) }}"
      register: tcpadvisor_measured
      changed_when: false
      failed_when: tcpadvisor_measured.rc not in tcpadvisor_measure_codes
      when:
        - inventory_hostname == ansible_play_hosts[tcpadvisor_first | int]
        - not ansible_check_mode

    """

  /// With `--check` nothing has changed that could be judged.
  static let judgeTasks = """
    ---
    - name: Judge the host
      ansible.builtin.command:
        argv: >-
          {{ [tcpadvisor_command, 'check', '--json'] + tcpadvisor_profile_words }}
      register: tcpadvisor_judged
      changed_when: false
      failed_when: "'findings' not in tcpadvisor_judged.stdout | from_json"
      when: not ansible_check_mode

    - name: Stop where something is missed that these sysctls meet
      ansible.builtin.assert:
        that: tcpadvisor_missed | length == 0
        fail_msg: "missed: {% for finding in tcpadvisor_missed %}\\
          {{ finding.id }}: {{ finding.reason }}{{ '' if loop.last else '; ' }}\\
          {% endfor %}"
        quiet: true
      vars:
        tcpadvisor_missed: >-
          {{ (tcpadvisor_judged.stdout | from_json).findings
          | selectattr('severity', 'equalto', 'error')
          | rejectattr('status', 'equalto', 'met')
          | rejectattr('id', 'in', tcpadvisor_left) | list }}
      when: not ansible_check_mode

    """
}

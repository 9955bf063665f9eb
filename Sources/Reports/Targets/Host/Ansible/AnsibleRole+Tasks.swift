extension AnsibleRole {
  static let handlers = """
    ---
    - name: Load the file
      ansible.builtin.command:
        argv: [sysctl, -p, "{{ tcpadvisor_file }}"]
      changed_when: true

    """

  static let mainTasks = """
    ---
    - name: Apply
      ansible.builtin.import_tasks: apply.yml
      when: not tcpadvisor_undo | bool

    - name: Take back
      ansible.builtin.import_tasks: undo.yml
      when: tcpadvisor_undo | bool

    """

  /// What was there before is kept once: where nothing would be kept yet, `--check` cannot see it.
  static let applyTasks = """
    ---
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

    - name: Have a folder for the values of before
      ansible.builtin.import_tasks: folder.yml

    - name: Keep the values of before
      ansible.builtin.copy:
        dest: "{{ tcpadvisor_folder }}/{{ tcpadvisor_file | basename }}.before"
        content: "{% for live in tcpadvisor_live.results %}\\
          {{ live.item.key }} = {{ live.stdout }}\\n{% endfor %}"
        force: false
        owner: root
        group: root
        mode: "0644"
      when: not (ansible_check_mode and tcpadvisor_made is changed)

    - name: Write the file
      ansible.builtin.template:
        src: sysctl.conf.j2
        dest: "{{ tcpadvisor_file }}"
        owner: root
        group: root
        mode: "0644"
      notify: Load the file

    """

  static let folderTasks = """
    ---
    - name: Make the folder of the role
      ansible.builtin.file:
        path: "{{ tcpadvisor_folder }}"
        state: directory
        owner: root
        group: root
        mode: "0755"
      register: tcpadvisor_made

    """

  static let undoTasks = """
    ---
    - name: Look for the values of before
      ansible.builtin.stat:
        path: "{{ tcpadvisor_folder }}/{{ tcpadvisor_file | basename }}.before"
      register: tcpadvisor_before

    - name: Remove the file
      ansible.builtin.file:
        path: "{{ tcpadvisor_file }}"
        state: absent

    - name: Load the values of before
      ansible.builtin.command:
        argv: [sysctl, -p, "{{ tcpadvisor_before.stat.path }}"]
      changed_when: true
      when: tcpadvisor_before.stat.exists

    - name: Forget the values of before
      ansible.builtin.file:
        path: "{{ tcpadvisor_folder }}/{{ tcpadvisor_file | basename }}.before"
        state: absent

    """
}

import Advisor
import InputFiles
import TCPModel
import Testing

struct SysctlsInYAMLTests {
  private static func written(_ text: String) throws(ProfileError) -> [String] {
    try SysctlsInYAML.content(of: Array(text.utf8), file: "a.yml").assignments.map { assignment in
      let target = assignment.target == .host ? "" : " (\(assignment.target))"
      return "\(assignment.place.line):\(assignment.place.column) \(assignment.name)"
        + " = \(assignment.value)\(target)"
    }
  }

  @Test func `sysctls in YAML: tasks of Ansible`() throws {
    let text = """
      - hosts: all
        tasks:
        - name: tune
          ansible.posix.sysctl:
            name: net.ipv4.tcp_retries2
            value: '8'
        - sysctl: name=net.ipv4.tcp_sack value="1" sysctl_set=yes
        - name: gone
          sysctl: {name: net.ipv4.tcp_tw_recycle, value: 0, state: absent}
        - sysctl:
            name: "{{ item.key }}"
            value: "{{ item.value }}"
        - sysctl:
            name: net.ipv4.tcp_syn_retries
            value: "{{ retries }}"
        - debug: {name: x, value: y}
      """
    #expect(
      try Self.written(text) == [
        "5:13 net.ipv4.tcp_retries2 = 8", "7:13 net.ipv4.tcp_sack = 1",
      ])
  }

  @Test func `sysctls in YAML: variables, as a map and as lists`() throws {
    let text = """
      sysctl_config:
        net.ipv4.tcp_syn_retries: 3
        vm.swappiness: 10
        "net/ipv4/tcp_rmem": 4096 131072 6291456
        net.ipv4.tcp_fin_timeout: {value: 30, state: present}
      other:
      sysctl_list:
        - {name: net.ipv4.tcp_sack, value: 0}
        - key: net.core.somaxconn
          value: 4096
      networking.hostname: x
      """
    #expect(
      try Self.written(text) == [
        "2:3 net.ipv4.tcp_syn_retries = 3", "3:3 vm.swappiness = 10",
        "4:3 net/ipv4/tcp_rmem = 4096 131072 6291456", "5:3 net.ipv4.tcp_fin_timeout = 30",
        "8:12 net.ipv4.tcp_sack = 0", "9:10 net.core.somaxconn = 4096",
      ])
  }

  @Test func `sysctls in YAML: pods of several documents`() throws {
    let text = """
      kind: Deployment
      spec:
        template:
          spec:
            securityContext:
              sysctls:
              - name: net.core.somaxconn
                value: "1024"
      ---
      kind: Pod
      spec:
        securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: "0"}]}
      ---
      """
    #expect(
      try Self.written(text) == [
        "7:17 net.core.somaxconn = 1024 (pod)", "12:38 kernel.shm_rmid_forced = 0 (pod)",
      ])
  }

  @Test func `sysctls in YAML: services of Compose, in both forms`() throws {
    let text = """
      x-common: &common
        net.ipv4.tcp_sack: 1
      services:
        a:
          image: x
          sysctls: *common
        b:
          build: .
          sysctls:
            - net.core.somaxconn=1024
            - net.ipv4.tcp_retries2 = 8
      """
    #expect(
      try Self.written(text) == [
        "2:3 net.ipv4.tcp_sack = 1", "2:3 net.ipv4.tcp_sack = 1 (container)",
        "10:9 net.core.somaxconn = 1024 (container)",
        "11:9 net.ipv4.tcp_retries2 = 8 (container)",
      ])
  }

  @Test func `sysctls in YAML: what Ansible's module writes of words and numbers`() throws {
    let text = """
      - sysctl: {name: net.ipv4.ip_forward, value: yes}
      - sysctl: {name: net.ipv4.tcp_sack, value: "off"}
      - sysctl: name=net.ipv4.tcp_dsack value=True
      - vars:
          net.ipv4.tcp_keepalive_probes: 010
          net.ipv4.tcp_keepalive_time: 0x3c
          net.ipv4.tcp_keepalive_intvl: "010"
          net.ipv4.tcp_rmem: 4096 131072 6291456
          net.ipv4.tcp_fin_timeout: 1_0
          net.ipv4.tcp_retries2: 08
          net.ipv4.tcp_retries1: -3
      """
    #expect(
      try Self.written(text) == [
        "1:18 net.ipv4.ip_forward = 1", "2:18 net.ipv4.tcp_sack = 0", "3:11 net.ipv4.tcp_dsack = 1",
        "5:5 net.ipv4.tcp_keepalive_probes = 8", "6:5 net.ipv4.tcp_keepalive_time = 60",
        "7:5 net.ipv4.tcp_keepalive_intvl = 010", "8:5 net.ipv4.tcp_rmem = 4096 131072 6291456",
        "9:5 net.ipv4.tcp_fin_timeout = 10", "10:5 net.ipv4.tcp_retries2 = 08",
        "11:5 net.ipv4.tcp_retries1 = -3",
      ])
  }

  private static func found(_ text: String) throws -> [String] {
    let content = try SysctlsInYAML.content(of: Array(text.utf8), file: "a.yml")
    let file = LintFile(
      other: Array(text.utf8), path: "a.yml", content.assignments, template: content.template)
    return Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file])).map {
      "\($0.location.line) \($0.rule.id) \($0.severity)"
    }
  }

  @Test func `sysctls in YAML: who makes what of 010, and of yes`() throws {
    let octal = "net.ipv4.tcp_keepalive_probes: 010\n"
    let content = try SysctlsInYAML.content(of: Array(octal.utf8), file: "a.yml")
    let file = LintFile(other: Array(octal.utf8), path: "a.yml", content.assignments)
    let finding = Linter(for: [KernelVersion(6, 18)]).findings(in: LintGroup([file])).first
    #expect(
      finding?.message
        == "tcp_keepalive_probes = 010: YAML reads 010 as octal, and 8 is handed on")
    #expect(try Self.found("sysctl: {name: net.ipv4.tcp_sack, value: yes}\n").isEmpty)
    #expect(
      try Self.found("a: {image: x, sysctls: {net.ipv4.tcp_sack: yes}}\n") == ["1 TA014 error"])
  }

  @Test func `sysctls in YAML: what Kubernetes and runc refuse`() throws {
    let pod = """
      kind: Pod
      spec:
        hostNetwork: true
        securityContext:
          sysctls:
          - {name: net.ipv4.tcp_syncookies, value: "1"}
          - {name: kernel.shm_rmid_forced, value: 1}
          - {name: kernel.shm_rmid_forced, value: "1"}
          - {name: kernel.shm_rmid_forced, value: "0"}
      """
    #expect(
      try Self.found(pod) == [
        "6 TA083 error", "7 TA035 error", "7 TA084 error", "8 TA036 error",
      ])
    let compose = """
      services:
        a: {image: x, network_mode: host, sysctls: {net.ipv4.tcp_retries2: 8}}
        b: {image: x, network_mode: bridge, sysctls: {net.ipv4.tcp_retries2: 8}}
        c: {image: x, ipc: host, sysctls: [kernel.shmmax=1, net.ipv4.tcp_retries2=8]}
      """
    #expect(try Self.found(compose) == ["2 TA083 error", "4 TA083 error"])
  }

  @Test func `sysctls in YAML: two pods and two tasks may set the same key`() throws {
    let text = """
      - {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "1"}]}}
      - {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "0"}]}}
      - sysctl: {name: net.ipv4.tcp_retries2, value: 8}
      - sysctl: {name: net.ipv4.tcp_retries2, value: 9}
      """
    #expect(!(try Self.found(text).contains { $0.contains("TA03") }))
    let variables = "a:\n- {name: net.ipv4.tcp_retries2, value: 8}\n"
    #expect(
      try Self.found("\(variables)- {name: net.ipv4.tcp_retries2, value: 9}\n")
        == ["2 TA036 warning"])
  }

  @Test func `sysctls in YAML: of templates the rest is read, in its columns`() throws {
    let chart = """
      {{- if .Values.tuned }}
      kind: Pod
      metadata:
        name: {{ include "x.name" . }}-pod
      spec:
        securityContext:
          sysctls:
          {{- range .Values.sysctls }}
          - name: {{ .name }}
            value: {{ .value | quote }}
          {{- end }}
          - {name: net.core.somaxconn, value: "{{ .Values.backlog }}"}
          - {name: net.ipv4.tcp_syncookies, value: "1"}
      {{- end }}
      """
    let content = try SysctlsInYAML.content(of: Array(chart.utf8), file: "a.yaml")
    #expect(content.assignments.map(\.name) == ["net.ipv4.tcp_syncookies"])
    #expect(content.assignments.first?.place == LintPlace(line: 13, column: 14, endColumn: 37))
    #expect(content.template.lines == [1, 4, 8, 9, 10, 11, 12, 14])
    let tasks = """
      - sysctl: {name: net.ipv4.tcp_retries2, value: "{{ retries }}"}
      - sysctl: {name: "{{ item.key }}", value: "{{ item.value }}"}
      - command: "{{ x }}"
      """
    let others = try SysctlsInYAML.content(of: Array(tasks.utf8), file: "a.yml")
    #expect(others.assignments.isEmpty && others.template.lines == [1, 2])
  }

  @Test func `sysctls in YAML: what speaks of none need not be YAML`() throws {
    #expect(try Self.written("a: {{ x\n\tb: [").isEmpty)
  }

  @Test(arguments: [
    "a: !vault |\n  x\nb: !!binary aGk=\n", "? [a, b]\n: c\n", "a: 1\na: 2\n", "", "---\n---\n",
    "a:\n- \n- b\n", "- a\n- 'b'\n", "&x a: *x\n",
  ])
  func `sysctls in YAML: what other programs write is let pass`(text: String) throws {
    #expect(try Self.written(text).isEmpty)
  }

  @Test(arguments: [
    ("a: {{ x\n", 2), ("a: *nothing\n", 1), ("a: &a [*a]\n", 1), ("\ta: 1\n", 1),
    (String(repeating: "[", count: 200), 1), ("a: \u{0}\n", 1),
  ])
  func `sysctls in YAML: what is none is refused with its place`(text: String, line: Int) {
    let error = #expect(throws: ProfileError.self) { try Self.written("# sysctl\n\(text)") }
    #expect(error?.location?.line == line + 1, "\(String(describing: error))")
  }

  @Test func `sysctls in YAML: a bomb of aliases ends`() {
    let levels = (1...20).map {
      "l\($0): &l\($0) [\(String(repeating: "*l\($0 - 1),", count: 9))]\n"
    }
    let error = #expect(throws: ProfileError.self) {
      try Self.written("l0: &l0 [net.ipv4.tcp_sack=1]\n" + levels.joined())
    }
    #expect(error?.message.contains("100,000") == true)
  }
}

import Advisor
import InputFiles
import TCPModel
import Testing

struct SysctlsInYAMLTests {
  private static func written(_ text: String) throws(ProfileError) -> [String] {
    try SysctlsInYAML.assignments(in: Array(text.utf8), file: "a.yml").map { assignment in
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
    let error = #expect(throws: ProfileError.self) { try Self.written(text) }
    #expect(error?.location?.line == line, "\(String(describing: error))")
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

@testable import Advisor
import Reports
import SysctlFiles
import TCPModel
import Testing

/// What `check --diff` prints.
struct SettingsDiffTests {
  private func plan(_ values: [SysctlKey: (from: Int, to: Int)]) -> Plan {
    var plan = Plan()
    plan.sysctls = values.map { key, value in
      Plan.SysctlChange(
        key: key, from: .value(.number(value.from)), to: .number(value.to), effects: [])
    }
    return plan
  }

  private func text(_ plan: Plan, files: [String: String]?) -> String {
    let host = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    let boot = files.map { files in
      BootSequence(
        of: BootSettings(
          SysctlConfiguration(files: [
            .etc: files.filter { $0.key.hasPrefix("/etc") }.map {
              ConfigurationFile($0.key, .text(SysctlFile(parsing: $0.value)))
            },
            .usrLib: files.filter { $0.key.hasPrefix("/usr") }.map {
              ConfigurationFile($0.key, .text(SysctlFile(parsing: $0.value)))
            },
          ])))
    }
    return SettingsDiff(of: plan, on: host, boot, named: "p").text
  }

  @Test
  func `settings diff: live values, the line of a file that holds, and a drop-in for the rest`() {
    let plan = plan([
      .tcpKeepaliveTime: (7200, 150), .tcpSynRetries: (6, 4), .tcpRetries2: (15, 8),
      .tcpFinTimeout: (60, 30),
    ])
    let text = text(
      plan,
      files: [
        "/etc/sysctl.d/50-a.conf":
          "# mine\r\nnet/ipv4/tcp_syn_retries =  6  \r\nnet.ipv4.tcp_retries2=8\n",
        "/usr/lib/sysctl.d/10-b.conf": "net.ipv4.tcp_keepalive_time = 7200\n",
      ])
    #expect(
      text == """
        --- the compiled defaults of Linux 6.18
        +++ the compiled defaults of Linux 6.18
        @@ -1,4 +1,4 @@
        -net.ipv4.tcp_fin_timeout = 60
        +net.ipv4.tcp_fin_timeout = 30
        -net.ipv4.tcp_keepalive_time = 7200
        +net.ipv4.tcp_keepalive_time = 150
        -net.ipv4.tcp_retries2 = 15
        +net.ipv4.tcp_retries2 = 8
        -net.ipv4.tcp_syn_retries = 6
        +net.ipv4.tcp_syn_retries = 4
        --- /etc/sysctl.d/50-a.conf
        +++ /etc/sysctl.d/50-a.conf
        @@ -1,3 +1,3 @@
         # mine\r
        -net/ipv4/tcp_syn_retries =  6  \r
        +net/ipv4/tcp_syn_retries =  4  \r
         net.ipv4.tcp_retries2=8
        --- /etc/sysctl.d/60-tcpadvisor-p.conf
        +++ /etc/sysctl.d/60-tcpadvisor-p.conf
        @@ -0,0 +1,2 @@
        +net.ipv4.tcp_fin_timeout = 30
        +net.ipv4.tcp_keepalive_time = 150

        """)
  }

  @Test func `settings diff: of a capture no file is known, and what is as wanted differs nowhere`()
  {
    let plan = plan([.tcpSynRetries: (6, 4)])
    #expect(text(plan, files: nil).split(separator: "\n").count == 5)
    #expect(text(Plan(), files: [:]).isEmpty)
  }
}

package import TCPModel

/// Values that hosts are often given in place of the defaults, or programs in place of nothing.
package struct CommonSetting: Hashable, Sendable {
  package let sysctls: [SysctlKey: Int]
  package let options: SocketOptions
  /// Who gives them.
  package let source: String

  private init(_ sysctls: [SysctlKey: Int], source: String) {
    (self.sysctls, self.options, self.source) = (sysctls, SocketOptions(), source)
  }

  private init(_ options: [SocketOption: Int], source: String) {
    (self.sysctls, self.options, self.source) = ([:], SocketOptions(options), source)
  }
}

extension CommonSetting {
  package static let all = connect + data + keepalive + others

  private static let publicFiles = "134 public sysctl files, read on 2026-11-28"

  private static let connect = [
    CommonSetting([.tcpSynRetries: 2], source: publicFiles),
    CommonSetting([.tcpSynRetries: 3], source: publicFiles),
    CommonSetting([.tcpSynRetries: 5], source: "tcp(7): the default before Linux 3.7"),
    CommonSetting([.tcpSynRetries: 8], source: "saptune, SAP note 2382421"),
  ]

  private static let data = [
    CommonSetting([.tcpRetries2: 3], source: "github.com/evrardjp/ansible-keepalived #168"),
    CommonSetting(
      [.tcpRetries2: 5], source: "elastic.co, Decrease the TCP retransmission timeout"),
    CommonSetting([.tcpRetries2: 8], source: "RFC 1122, 4.2.3.5; github.com/VoltDB/voltdb #4767"),
    CommonSetting([.userTimeout: 30_000], source: "github.com/canonical/lxd #9416"),
  ]

  private static let keepalive = [
    probes(after: 60, every: 10, 6, source: "github.com/elastic/elasticsearch #5067"),
    probes(after: 60, every: 60, 5, source: "github.com/elastic/elasticsearch #5067"),
    probes(after: 600, every: 60, 20, source: "TCP Keepalive HOWTO, tldp.org"),
    CommonSetting(
      [.tcpKeepaliveTime: 120], source: "github.com/cloudfoundry/guardian #70 and #165"),
    CommonSetting([.tcpKeepaliveTime: 1200], source: publicFiles),
  ]

  private static let others = [
    CommonSetting([.tcpSynackRetries: 1], source: publicFiles),
    CommonSetting([.tcpSynackRetries: 2], source: publicFiles),
    CommonSetting([.tcpFinTimeout: 10], source: publicFiles),
    CommonSetting([.tcpFinTimeout: 30], source: publicFiles),
  ]

  private static func probes(after time: Int, every interval: Int, _ count: Int, source: String)
    -> CommonSetting
  {
    CommonSetting(
      [.tcpKeepaliveTime: time, .tcpKeepaliveIntvl: interval, .tcpKeepaliveProbes: count],
      source: source)
  }
}

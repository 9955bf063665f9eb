import NamespaceTesting
import TemporaryFolders
import Testing

/// Files of the host beside what another network namespace has.
@Suite(.enabled(if: NewNamespaces.userNetworkAndMounts.allow(), "namespaces are refused here"))
struct FilesNamespaceTests {
  /// Runs a script in new namespaces, in which `$0` is tcpadvisor.
  private func run(_ script: String, _ arguments: String...) throws -> Run {
    try Run(
      NewNamespaces.userNetworkAndMounts.wrapper
        + ["/bin/sh", "-c", script, Machine.sharedExecutable] + arguments)
  }

  @Test func `files: what is set on the host and not in force in a namespace is told`() throws {
    let tree = try TemporaryFolder([
      "etc/sysctl.d/60-a.conf":
        "net.ipv4.tcp_retries2 = 8\nnet.core.netdev_max_backlog = 2000\n"
        + "net.ipv4.tcp_fin_timeout = 20\n"
    ])
    let answer = try run(
      """
      echo 20 >/proc/sys/net/ipv4/tcp_fin_timeout
      exec "$0" files --root "$1" --netns $$ --json
      """, tree.path
    ).json
    let verdicts = answer["keys"].array.map { key in
      "\(key["key"].string ?? "") \(key["verdict"].string ?? "")"
    }
    #expect(
      verdicts == [
        "net.ipv4.tcp_retries2 not-in-namespace", "net.core.netdev_max_backlog unreadable",
        "net.ipv4.tcp_fin_timeout in-force",
      ])
    let retries = answer["keys"].array[0]
    #expect(retries["live"].string == "15")
    #expect(
      retries["reason"].string?.contains("on the host, not in force in this namespace") == true)
    let command = retries["remedies"].array.first?["command"].string
    #expect(command?.hasPrefix("nsenter -t ") == true)
    #expect(command?.hasSuffix(" -n sysctl -w net.ipv4.tcp_retries2=8") == true)
  }

  /// A drop-in in the place of the host's own, for one run.
  private static let dropIn = """
    mount -t tmpfs none /etc/sysctl.d
    echo 'net.ipv4.tcp_keepalive_time = 180' >/etc/sysctl.d/60-a.conf
    """

  @Test func `check: a missed value is told with where it is set`() throws {
    let run = try run("\(Self.dropIn)\nexec \"$0\" check --json")
    #expect(run.code == 1, "\(run.complaint)")
    let missed = try run.json["findings"].array.filter { $0["status"].string == "missed" }
    let origin = missed.first?["set_by"].array.first
    #expect(origin?["key"].string == "net.ipv4.tcp_keepalive_time")
    #expect(origin?["next_boot"]["file"].string == "/etc/sysctl.d/60-a.conf")
    #expect(origin?["verdict"].string == "not-in-namespace")
    let text = try self.run("\(Self.dropIn)\nexec \"$0\" check").output
    #expect(text.contains("net.ipv4.tcp_keepalive_time: set to 180 (/etc/sysctl.d/60-a.conf:1)"))
  }

  @Test func `check: what is set on the host and not in force in another namespace is told`() throws
  {
    let script = """
      mount -t tmpfs none /etc/sysctl.d
      mount -t tmpfs none /run
      mkdir -p /run/systemd/system
      echo 'net.ipv4.tcp_retries2 = 8' >/etc/sysctl.d/60-a.conf
      echo 'net.ipv4.tcp_fin_timeout = 20' >>/etc/sysctl.d/60-a.conf
      echo x >>/etc/sysctl.d/60-a.conf
      echo 180 >/proc/sys/net/ipv4/tcp_keepalive_time
      exec "$0" check --netns $$ "$@"
      """
    let run = try run(script, "--json")
    #expect(run.code == 0, "\(run.output)\(run.complaint)")
    let found = try run.json["findings"].array.filter { $0["status"].string == "missed" }
    #expect(
      Set(found.map { "\($0["id"].string ?? "") \($0["severity"].string ?? "")" }) == [
        "files.drift.net.ipv4.tcp_retries2 warning", "files.drift.net.ipv4.tcp_fin_timeout notice",
      ])
    let text = try self.run(script).output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(
      text.contains(
        "not here net.ipv4.tcp_retries2 set to 8 (/etc/sysctl.d/60-a.conf:1) on the host, not in"
          + " force in this namespace"))
  }

  @Test func `explain: who sets a key is told`() throws {
    let text = try run("\(Self.dropIn)\nexec \"$0\" explain tcp_keepalive_time").output
    #expect(text.contains("Who sets it\n  not here: set to 180 (/etc/sysctl.d/60-a.conf:1)"))
  }
}

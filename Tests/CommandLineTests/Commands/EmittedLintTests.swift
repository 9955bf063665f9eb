import Foundation
import TemporaryFolders
import Testing

/// What `emit` writes is what `lint` reads, and it has nothing against it.
struct EmittedLintTests {
  private static let profiles = [
    (Machine.fixture("emitted/programs.yaml"), "6.18"), ("server", "5.10"),
    ("database-client", "6.12"), ("kubernetes-pod", "6.18"),
  ]

  @Test(arguments: profiles)
  func `lint: all that is emitted is clean`(profile: String, kernel: String) throws {
    let targets = try Run.tool("emit", "--list", "--json").json["targets"].array
      .compactMap { $0["name"].string }
    let folder = try TemporaryFolder()
    let emitted = try Run.tool(
      ["emit"] + targets
        + ["--profile", profile, "--kernel", kernel, "--output-dir", folder.path])
    #expect([0, 1].contains(emitted.code), "\(emitted.complaint)")
    let run = try Run.tool("lint", folder.path, "--kernel", kernel)
    #expect(run.code == 0, "\(run.output)")
  }

  /// Emitted for clients and a pool, of which every program does something.
  @Test(arguments: [
    "nginx", "haproxy", "envoy", "httpd", "caddy", "traefik", "varnish", "squid", "postgresql",
    "libpq", "pgbouncer", "pgjdbc", "mariadb", "mysql-connector-j", "mariadb-connector-j",
    "proxysql", "redis", "kafka", "librdkafka", "rabbitmq", "etcd", "cassandra", "elasticsearch",
    "nats", "ssh", "sshd", "systemd-socket", "curl",
  ])
  func `lint: of a directory it takes what is emitted for a program`(target: String) throws {
    let folder = try TemporaryFolder()
    let emitted = try Run.tool([
      "emit", target, "--profile", Machine.fixture("emitted/programs.yaml"), "--kernel", "6.18",
      "--output-dir", folder.path,
    ])
    #expect([0, 1].contains(emitted.code), "\(emitted.complaint)")
    let run = try Run.tool("lint", folder.path, "--json")
    let files = try run.json["files"].array.count
    #expect(run.code == 0 && files == 1, "\(run.output)")
  }
}

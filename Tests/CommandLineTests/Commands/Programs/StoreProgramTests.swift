import Foundation
import TCPModel
import Testing

/// Databases and caches on this machine: what their sockets have is what the catalogue of programs
/// says.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct StoreProgramTests {
  /// Debian keeps the server's programs apart, by version.
  static let postgres: String? = {
    let versions = "/usr/lib/postgresql"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
    return names.map { "\(versions)/\($0)/bin" }.sorted().last {
      FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
    }
  }()

  @Test(
    .enabled("postgres and psql are needed, and root, to become nobody") {
      postgres != nil && Machine.program("psql") != nil && Machine.canBeNobody
    })
  func `postgres and psql: the settings of both ends arrive`() throws {
    let programs = try #require(Self.postgres)
    let scene = try ProgramScene(
      """
      $nobody \(programs)/initdb -D plain -U a -A trust --no-sync --no-locale >initdb.log 2>&1
      $nobody cp -r plain kept
      cat settings >>kept/postgresql.conf
      for server in plain:5432 kept:5433; do
        $nobody \(programs)/postgres -D ${server%:*} -p ${server#*:} -h 127.0.0.1 -k '' -F \
          >${server%:*}.log 2>&1 &
      done
      talk() {
        until psql -X -w "host=127.0.0.1 user=a dbname=postgres $2" \
          -c "\\\\! touch held.$1; sleep 120" 2>>psql.log; do sleep 0.05; done &
        await "[ -e held.$1 ]"
      }
      talk 1 port=5432
      talk 2 'port=5432 keepalives=0'
      talk 3 'port=5433 keepalives_idle=61 keepalives_interval=11 keepalives_count=4
        tcp_user_timeout=31000'
      """,
      [
        "settings": """
        tcp_keepalives_idle = 60
        tcp_keepalives_interval = 10
        tcp_keepalives_count = 3
        tcp_user_timeout = 30s

        """
      ])
    try scene.expect([
      ProgramRow("postgresql", .inbound(5432)), ProgramRow("postgresql", .inbound(5432)),
      ProgramRow(
        "postgresql", .inbound(5433),
        told: [.keepIdle: 60, .keepInterval: 10, .keepCount: 3, .userTimeout: 30_000]),
      ProgramRow("libpq", .outbound(5432)),
      ProgramRow("libpq", .outbound(5432), told: [.keepalive: 0]),
      ProgramRow(
        "libpq", .outbound(5433),
        told: [.keepIdle: 61, .keepInterval: 11, .keepCount: 4, .userTimeout: 31_000]),
    ])
  }

  @Test(
    .enabled("redis-server and redis-cli are needed") {
      Machine.program("redis-server") != nil && Machine.program("redis-cli") != nil
    })
  func `redis: tcp-keepalive arrives, and what follows from it`() throws {
    let scene = try ProgramScene(
      """
      start() {
        redis-server --port $1 --bind 127.0.0.1 --save '' $2 >redis.$1.log 2>&1 &
        hold $1 'PING\\r\\n'
      }
      start 6379 ''
      start 6380 '--tcp-keepalive 60'
      start 6381 '--tcp-keepalive 2'
      start 6382 '--tcp-keepalive 0'
      redis-cli -p 6380 SUBSCRIBE a >subscribed &
      await '[ -s subscribed ]'
      """)
    let minute = [SocketOption.keepalive: 1, .keepIdle: 60, .keepInterval: 20, .keepCount: 3]
    try scene.expect([
      ProgramRow("redis-server", .inbound(6379)),
      ProgramRow("redis-server", .inbound(6380), told: [.keepIdle: 60], has: minute),
      ProgramRow("redis-server", .inbound(6380), told: [.keepIdle: 60], has: minute),
      ProgramRow(
        "redis-server", .inbound(6381), told: [.keepIdle: 2],
        has: [.keepalive: 1, .keepIdle: 2, .keepInterval: 1, .keepCount: 3]),
      ProgramRow("redis-server", .inbound(6382), told: [.keepalive: 0]),
      ProgramRow("redis-cli", .outbound(6380)),
    ])
  }

  @Test(
    .enabled("memcached is needed, and root, to become nobody") {
      Machine.program("memcached") != nil && Machine.canBeNobody
    })
  func `memcached: it keeps connections alive by itself`() throws {
    let scene = try ProgramScene(
      """
      $nobody memcached -l 127.0.0.1 -p 11211 -U 0 2>memcached.log &
      hold 11211 'version\\r\\n'
      """)
    try scene.expect([
      ProgramRow("memcached", .listener(11211)), ProgramRow("memcached", .inbound(11211)),
    ])
  }
}

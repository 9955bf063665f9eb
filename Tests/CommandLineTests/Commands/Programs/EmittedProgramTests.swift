import Foundation
import TCPModel
import TemporaryFolders
import Testing

/// Programs that are told what was emitted for them: what their sockets have is what the plan has, or
/// what the emitted text says.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct EmittedProgramTests {
  /// What the profile of the tests asks of clients, and of a pool where the program can do all.
  static let server = [
    SocketOption.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 5,
  ]
  static let pool = [
    SocketOption.keepalive: 1, .keepIdle: 30, .keepInterval: 10, .keepCount: 6,
    .userTimeout: 85_000,
  ]
  static let request = #"GET / HTTP/1.1\r\nHost: a\r\n\r\n"#

  /// Starts what the script says, which may `emit` targets into files.
  /// - Parameter profile: what is asked; nil is the profile of the tests.
  func scene(
    _ script: String, _ files: [String: String] = [:], profile: String? = nil
  ) throws -> ProgramScene {
    // What cannot be met is said, and does not matter here.
    let emit = """
      emit() {
        '\(Machine.sharedExecutable)' emit "$1" --profile profile.yaml --kernel 6.18 --output "$2" \
          2>unmet.log || [ $? -eq 1 ]
      }
      """
    let text =
      try profile
      ?? String(contentsOfFile: Machine.fixture("emitted/programs.yaml"), encoding: .utf8)
    return try ProgramScene(
      "\(emit)\n\(script)", files.merging(["profile.yaml": text]) { $1 })
  }

  func expect(
    _ scene: ProgramScene, _ process: String, _ end: ProgramEnd, _ options: [SocketOption: Int]
  ) {
    let line = options.map { "\($0.key.name)=\($0.value)" }.sorted().joined(separator: " ")
    let found = Set(scene.options(of: [process], end))
    #expect(found == [line], "\(process), \(end)")
  }

  private static let nginx = """
    \(ProxyProgramTests.nginxStart)
      include proxy.conf;
      upstream kept { server 127.0.0.1:8091; keepalive 4; }
      server { include listen.conf; location / { proxy_pass http://kept; } }
      server { listen 127.0.0.1:8091; return 200; }
    }
    """

  @Test(.enabled("nginx is needed") { Machine.program("nginx") != nil })
  func `emitted: nginx`() throws {
    let scene = try scene(
      """
      emit nginx emitted
      grep -v '^listen' emitted >proxy.conf
      sed -n 's/^listen 80/listen 127.0.0.1:8081/p' emitted >listen.conf
      nginx -p . -c nginx.conf 2>start.log &
      hold 8081 '\(Self.request)'
      """, ["nginx.conf": Self.nginx])
    expect(scene, "nginx", .inbound(8081), Self.server)
    // The rest is the host's.
    expect(scene, "nginx", .outbound(8091), [.keepalive: 1])
  }

  private static let haproxy = """
    defaults
      mode tcp
      timeout connect 5s
      timeout client 60s
      timeout server 60s
    frontend server
      mode http
      bind 127.0.0.1:9091
      http-request return status 200

    """

  @Test(.enabled("haproxy is needed") { Machine.program("haproxy") != nil })
  func `emitted: HAProxy`() throws {
    let scene = try scene(
      """
      emit haproxy emitted
      sed -e 's/^frontend clients$/&\\n    bind 127.0.0.1:9001\\n    default_backend pool/' \
        -e 's/192.0.2.1:80/127.0.0.1:9091/' emitted >kept.cfg
      haproxy -c -f base.cfg -f kept.cfg
      haproxy -db -f base.cfg -f kept.cfg 2>start.log &
      hold 9001 '\(Self.request)'
      """, ["base.cfg": Self.haproxy])
    expect(scene, "haproxy", .inbound(9001), Self.server)
    expect(scene, "haproxy", .outbound(9091), Self.pool)
  }

  @Test(.enabled("redis-server is needed") { Machine.program("redis-server") != nil })
  func `emitted: Redis`() throws {
    let scene = try scene(
      """
      emit redis emitted
      redis-server ./emitted --port 6380 --bind 127.0.0.1 --save '' >redis.log 2>&1 &
      hold 6380 'PING\\r\\n'
      """)
    // The silence is shorter than the plan's: the interval follows from it.
    expect(
      scene, "redis-server", .inbound(6380),
      [.keepalive: 1, .keepIdle: 45, .keepInterval: 15, .keepCount: 3])
  }

  @Test(
    .enabled("postgres and psql are needed, and root, to become nobody") {
      StoreProgramTests.postgres != nil && Machine.program("psql") != nil && Machine.canBeNobody
    })
  func `emitted: PostgreSQL, libpq and PgBouncer`() throws {
    let programs = try #require(StoreProgramTests.postgres)
    let hasBouncer = Machine.program("pgbouncer") != nil
    if !hasBouncer { print("skipped: pgbouncer is not installed here") }
    let bouncer = """
      emit pgbouncer bouncer.ini
      cat bouncer.more >>bouncer.ini
      $nobody pgbouncer bouncer.ini 2>bouncer.log &
      talk 3 'host=127.0.0.1 port=6432 user=a dbname=postgres' -c 'SELECT 1'
      """
    let scene = try scene(
      """
      emit postgresql settings
      emit libpq service.conf
      $nobody \(programs)/initdb -D kept -U a -A trust --no-sync --no-locale >initdb.log 2>&1
      cat settings >>kept/postgresql.conf
      $nobody \(programs)/postgres -D kept -p 5432 -h 127.0.0.1 -k '' -F >server.log 2>&1 &
      talk() {
        number=$1; shift
        until psql -X -w "$@" -c "\\\\! touch held.$number; sleep 120" 2>>psql.log; do
          sleep 0.05
        done &
        await "[ -e held.$number ]"
      }
      PGSERVICEFILE=$PWD/service.conf talk 1 'service=pool host=127.0.0.1 user=a dbname=postgres'
      \(hasBouncer ? bouncer : "")
      """,
      [
        "bouncer.more": """
        listen_addr = 127.0.0.1
        listen_port = 6432
        auth_type = any
        unix_socket_dir =
        [databases]
        postgres = host=127.0.0.1 port=5432 user=a dbname=postgres

        """
      ])
    expect(scene, "postgres", .inbound(5432), Self.server)
    expect(scene, "psql", .outbound(5432), Self.pool)
    if hasBouncer { expect(scene, "pgbouncer", .outbound(5432), Self.pool) }
  }

  @Test(
    .enabled("mariadbd is needed, and root, to become nobody") {
      Machine.program("mariadbd") != nil && Machine.canBeNobody
    })
  func `emitted: MariaDB`() throws {
    let scene = try scene(
      """
      emit mariadb emitted
      cat more >>emitted
      $nobody mariadb-install-db --no-defaults --datadir="$PWD/data" --auth-root-authentication-method=normal \
        >install.log 2>&1
      $nobody mariadbd --defaults-file="$PWD/emitted" --datadir="$PWD/data" 2>server.log &
      bash -c '
        until { exec 3<>/dev/tcp/127.0.0.1/3307; } 2>/dev/null; do sleep 0.1; done
        head -c 20 <&3 >/dev/null; : >held; cat <&3' &
      await '[ -e held ]'
      """,
      [
        "more": """
        port = 3307
        bind-address = 127.0.0.1
        skip-grant-tables
        socket = s
        pid-file = p

        """
      ])
    expect(scene, "mariadbd", .inbound(3307), Self.server)
  }

  @Test(
    .enabled("apache2 is needed, and root") { Machine.program("apache2") != nil && geteuid() == 0 })
  func `emitted: Apache httpd`() throws {
    let scene = try scene(
      """
      emit httpd emitted
      sed 's,http://192.0.2.1/,http://127.0.0.1:8191/,' emitted >proxy.conf
      export APACHE_RUN_DIR=$PWD APACHE_LOG_DIR=$PWD
      apache2 -t -d "$PWD" -f httpd.conf
      apache2 -d "$PWD" -f httpd.conf -DFOREGROUND 2>start.log &
      hold 8190 'GET /pool/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'
      """,
      [
        "httpd.conf": """
        LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
        LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
        LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        ServerName a
        User nobody
        Group nogroup
        PidFile pid
        Mutex file:.
        ErrorLog error.log
        KeepAliveTimeout 100
        Listen 127.0.0.1:8190
        Listen 127.0.0.1:8191
        <VirtualHost 127.0.0.1:8190>
          Include proxy.conf
        </VirtualHost>
        <VirtualHost 127.0.0.1:8191>
          DocumentRoot .
        </VirtualHost>

        """
      ])
    // Both sides have it, and the times of the host.
    expect(scene, "apache2", .inbound(8190), [.keepalive: 1])
    expect(scene, "apache2", .outbound(8191), [.keepalive: 1])
  }

  @Test(
    .enabled("varnishd is needed, and root") {
      Machine.program("varnishd") != nil && geteuid() == 0
    })
  func `emitted: Varnish`() throws {
    let scene = try scene(
      """
      emit varnish emitted
      mkdir n
      printf 'GET / HTTP/1.0\\r\\n\\r\\n' >request
      nohup varnishd -F -n "$PWD/n" -j none -a 127.0.0.1:6081 -b none \
        $(grep '^-p' emitted) >varnish.log 2>&1 &
      hold 6081 '\(Self.request)'
      """)
    expect(scene, "cache-main", .inbound(6081), Self.server)
  }

  @Test(.enabled("squid is needed, and root") { Machine.program("squid") != nil && geteuid() == 0 })
  func `emitted: Squid`() throws {
    let scene = try scene(
      """
      emit squid emitted
      sed 's/^http_port 3128/http_port 127.0.0.1:3128/' emitted >squid.conf
      cat more >>squid.conf
      chmod 777 .
      squid -k parse -f squid.conf
      squid -N -f squid.conf >start.log 2>&1 &
      hold 3128 'GET http://a/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'
      """,
      [
        "more": """
        pid_filename none
        cache_log cache.log
        access_log none
        http_access deny all
        cache deny all
        netdb_filename none
        pinger_enable off
        cache_effective_user nobody

        """
      ])
    expect(scene, "squid", .inbound(3128), Self.server)
  }

  @Test(.enabled("nats-server is needed") { Machine.program("nats-server") != nil })
  func `emitted: NATS`() throws {
    let scene = try scene(
      """
      emit nats emitted
      nats-server -c emitted -a 127.0.0.1 -p 4222 --log nats.log &
      hold 4222 'PING\\r\\n'
      """)
    // Its pings are its own.
    expect(scene, "nats-server", .inbound(4222), [:])
  }

  /// Starts RabbitMQ with the advanced.config that is there, and holds a connection to it.
  static let rabbitMQ = """
    printf 'listeners.tcp.1 = 127.0.0.1:5673\\n' >rabbitmq.conf
    mkdir home data logs
    export HOME=$PWD/home RABBITMQ_CONFIG_FILE=$PWD/rabbitmq.conf
    export RABBITMQ_ADVANCED_CONFIG_FILE=$PWD/advanced.config RABBITMQ_MNESIA_BASE=$PWD/data
    export RABBITMQ_LOG_BASE=$PWD/logs ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME=a@localhost
    export RABBITMQ_ENABLED_PLUGINS_FILE=$PWD/none RABBITMQ_PID_FILE=$PWD/pid
    echo '127.0.0.1 localhost' >hosts
    mount --bind hosts /etc/hosts
    /usr/lib/rabbitmq/bin/rabbitmq-server >server.log 2>&1 &
    bash -c '
      until { exec 3<>/dev/tcp/127.0.0.1/5673; } 2>/dev/null; do sleep 0.2; done
      printf "AMQP\\0\\0\\11\\1" >&3; head -c 7 <&3 >/dev/null; : >held; cat <&3' &
    await '[ -e held ]'
    """

  @Test(
    .enabled("rabbitmq-server is needed, and root") {
      Machine.program("rabbitmq-server") != nil && geteuid() == 0
    })
  func `emitted: RabbitMQ`() throws {
    let scene = try scene(
      """
      emit rabbitmq advanced.config
      \(Self.rabbitMQ)
      """)
    // Heartbeats of its own find out what is idle; data is bounded.
    expect(scene, "beam.smp", .inbound(5673), [.userTimeout: 85_000])
  }

  @Test(
    .enabled("curl and python3 are needed") {
      Machine.program("curl") != nil && Machine.program("python3") != nil
    })
  func `emitted: curl`() throws {
    let scene = try scene(
      """
      emit curl emitted
      grep -v keepalive-cnt emitted >known
      curl --help all | grep -q keepalive-cnt && cp emitted known
      python3 -c '
      import socket, time
      listener = socket.create_server(("127.0.0.1", 7301))
      held = listener.accept()
      open("held", "w").close()
      time.sleep(120)' &
      curl -sN --retry 30 --retry-connrefused --retry-delay 1 --config known http://127.0.0.1:7301/ &
      await '[ -e held ]'
      """)
    let found = try #require(scene.options(of: ["curl"], .outbound(7301)).first)
    #expect(found.contains("TCP_KEEPIDLE=30") && found.contains("TCP_KEEPINTVL=30"))
  }

  @Test(.enabled("systemd-analyze is needed") { Machine.program("systemd-analyze") != nil })
  func `emitted: a socket unit of systemd`() throws {
    let scene = try scene(
      """
      emit systemd-socket emitted
      mkdir kept.socket.d
      cp emitted kept.socket.d/tcpadvisor.conf
      SYSTEMD_UNIT_PATH=$PWD: systemd-analyze verify "$PWD/kept.socket" 2>verified || true
      ! grep -i 'kept.socket' verified || { cat verified; exit 98; }
      """,
      [
        "kept.socket": "[Socket]\nListenStream=127.0.0.1:7500\n",
        "kept.service": "[Service]\nExecStart=/bin/true\n",
      ])
    #expect(scene.sockets.isEmpty)
  }

  /// What is emitted as YAML, by the paths of its values.
  private static let yaml: [String: [String: String]] = [
    "envoy": [
      "clients_listener.socket_options.SO_KEEPALIVE": "1",
      "clients_listener.socket_options.TCP_KEEPIDLE": "60",
      "clients_listener.socket_options.TCP_KEEPINTVL": "10",
      "clients_listener.socket_options.TCP_KEEPCNT": "5",
      "pool_cluster.connect_timeout": "5s",
      "pool_cluster.upstream_connection_options.tcp_keepalive.keepalive_time": "30",
      "pool_cluster.upstream_connection_options.tcp_keepalive.keepalive_interval": "10",
      "pool_cluster.upstream_connection_options.tcp_keepalive.keepalive_probes": "6",
      "pool_cluster.upstream_bind_config.socket_options.TCP_USER_TIMEOUT": "85000",
    ],
    "elasticsearch": [
      "network.tcp.keep_alive": "True", "network.tcp.keep_idle": "90",
      "network.tcp.keep_interval": "10", "network.tcp.keep_count": "8",
      "transport.connect_timeout": "10s",
    ],
    "cassandra": [
      "internode_tcp_user_timeout": "85s", "internode_streaming_tcp_user_timeout": "85s",
      "internode_tcp_connect_timeout": "10s",
    ],
    "traefik": ["pool.dialTimeout": "10s"],
  ]

  @Test(
    .enabled("PyYAML is needed") { EmittedTargets.hasYAML }, arguments: yaml.keys.sorted())
  func `emitted: what is YAML has the values of the plan`(target: String) throws {
    let folder = try TemporaryFolder()
    let run = try Run.tool([
      "emit", target, "--profile", Machine.fixture("emitted/programs.yaml"), "--kernel", "6.18",
      "--output",
      "\(folder.path)/emitted.yaml",
    ])
    #expect([0, 1].contains(run.code), "\(run.complaint)")
    let read = try Run([
      EmittedTargets.python, Machine.fixture("emitted/yaml_values.py"),
      "\(folder.path)/emitted.yaml",
    ])
    let found = try JSONDecoder().decode([String: String].self, from: Data(read.output.utf8))
    #expect(found == Self.yaml[target], "\(read.complaint)")
  }
}

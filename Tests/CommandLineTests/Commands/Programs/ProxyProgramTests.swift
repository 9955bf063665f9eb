import TCPModel
import Testing

/// Proxies on this machine: what their sockets have is what the catalogue of programs says.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct ProxyProgramTests {
  private static let request = #"GET / HTTP/1.1\r\nHost: a\r\n\r\n"#

  /// The beginning of a configuration that keeps all files in the folder, and connections open.
  static let nginxStart = """
    daemon off;
    master_process off;
    user root root;
    pid nginx.pid;
    error_log nginx.log;
    events {}
    http {
      access_log off;
      client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t;
      uwsgi_temp_path t; scgi_temp_path t;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    """

  private static let nginx = """
    \(nginxStart)
      upstream plain { server 127.0.0.1:8090; keepalive 4; }
      upstream kept { server 127.0.0.1:8091; keepalive 4; }
      server { listen 127.0.0.1:8080; location / { proxy_pass http://plain; } }
      server {
        listen 127.0.0.1:8081 so_keepalive=60s:10s:3;
        location / { proxy_socket_keepalive on; proxy_pass http://kept; }
      }
      server { listen 127.0.0.1:8082 so_keepalive=on deferred; return 200; }
      server { listen 127.0.0.1:8083 so_keepalive=40000s; return 200; }
      server { listen 127.0.0.1:8090; listen 127.0.0.1:8091; return 200; }
    }
    """

  @Test(.enabled("nginx is needed") { Machine.program("nginx") != nil })
  func `nginx: so_keepalive, deferred and proxy_socket_keepalive arrive`() throws {
    let scene = try ProgramScene(
      """
      nginx -p . -c nginx.conf 2>start.log &
      for port in 8080 8081 8082 8083; do hold $port '\(Self.request)'; done
      """, ["nginx.conf": Self.nginx])
    let kept = [SocketOption.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 3]
    try scene.expect([
      ProgramRow("nginx-client", .inbound(8080)),
      ProgramRow("nginx-client", .listener(8081), told: kept),
      ProgramRow("nginx-client", .inbound(8081), told: kept),
      ProgramRow("nginx-client", .listener(8082), told: [.keepalive: 1, .deferAccept: 1]),
      // Deferring is the listener's alone.
      ProgramRow("nginx-client", .inbound(8082), told: [.keepalive: 1]),
      // Above 32767 s the system's value stays.
      ProgramRow("nginx-client", .inbound(8083), told: [.keepalive: 1]),
      ProgramRow("nginx-upstream", .outbound(8090)),
      ProgramRow("nginx-upstream", .outbound(8091), told: [.keepalive: 1]),
    ])
  }

  private static let haproxy = """
    defaults
      mode tcp
      timeout connect 5s
      timeout client 60s
      timeout server 60s
    listen plain
      bind 127.0.0.1:9000
      server one 127.0.0.1:9090
    listen kept
      bind 127.0.0.1:9001 tcp-ut 30s
      option clitcpka
      clitcpka-idle 60500ms
      clitcpka-intvl 10s
      clitcpka-cnt 3
      option srvtcpka
      srvtcpka-idle 62s
      srvtcpka-intvl 11s
      srvtcpka-cnt 4
      server one 127.0.0.1:9091 tcp-ut 31s
    listen named
      bind 127.0.0.1:9002
      option srvtcpka
      server one backend.test:9092 tcp-ut 31s
    listen by-default
      bind 127.0.0.1:9003
      default-server tcp-ut 31s
      server one 127.0.0.1:9093
    frontend server
      mode http
      bind 127.0.0.1:9090,127.0.0.1:9091,127.0.0.1:9092,127.0.0.1:9093
      http-request return status 200

    """

  @Test(.enabled("haproxy is needed") { Machine.program("haproxy") != nil })
  func `haproxy: clitcpka, srvtcpka and tcp-ut arrive, or are ignored as the catalogue says`()
    throws
  {
    let scene = try ProgramScene(
      """
      mount --bind hosts /etc/hosts
      haproxy -db -f haproxy.cfg 2>start.log &
      for port in 9000 9001 9002 9003; do hold $port '\(Self.request)'; done
      """, ["haproxy.cfg": Self.haproxy, "hosts": "127.0.0.1 localhost backend.test\n"])
    try scene.expect([
      ProgramRow("haproxy-client", .inbound(9000)),
      ProgramRow("haproxy-client", .listener(9001), told: [.userTimeout: 30_000]),
      ProgramRow(
        "haproxy-client", .inbound(9001),
        // 60.5 s are rounded up.
        told: [
          .keepalive: 1, .keepIdle: 61, .keepInterval: 10, .keepCount: 3, .userTimeout: 30_000,
        ]),
      ProgramRow("haproxy-server", .outbound(9090)),
      ProgramRow(
        "haproxy-server", .outbound(9091),
        told: [
          .keepalive: 1, .keepIdle: 62, .keepInterval: 11, .keepCount: 4, .userTimeout: 31_000,
        ]),
      // tcp-ut is ignored where the server is named, and in default-server.
      ProgramRow("haproxy-server", .outbound(9092), told: [.keepalive: 1]),
      ProgramRow("haproxy-server", .outbound(9093)),
    ])
  }
}

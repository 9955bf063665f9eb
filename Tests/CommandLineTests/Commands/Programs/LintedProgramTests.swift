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
}

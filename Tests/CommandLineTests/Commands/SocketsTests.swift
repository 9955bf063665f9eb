import Foundation
import NamespaceTesting
import Testing

/// Every TCP socket of a namespace, as a user sees it.
@Suite(.enabled("namespaces are refused here") { Machine.allowsNamespaces })
struct SocketsTests {
  /// A server with a client that has options, one without, and one whose data nobody takes any more;
  /// then the tool.
  private static let scene = """
    ip link set lo up 2>/dev/null || ifconfig lo up
    python3 - <<'END' &
    import ctypes, os, socket, struct, time
    listener = socket.socket()
    listener.bind(("127.0.0.1", 5432))
    listener.listen(16)
    def connection(**options):
        client = socket.socket()
        for level, name, value in options.get("set", []):
            client.setsockopt(level, name, value)
        client.connect(("127.0.0.1", 5432))
        return client, listener.accept()[0]
    plain = connection()
    kept = connection(set=[(1, 9, 1), (6, 4, 60), (6, 5, 10), (6, 6, 3), (6, 18, 80000)])
    dead = connection()
    program = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0), 8)
    filter = struct.pack("HxxxxxxP", 1, ctypes.addressof(program))
    dead[1].setsockopt(1, 26, filter)
    dead[0].send(b"x")
    open(os.environ["READY"], "w").close()
    time.sleep(60)
    END
    while [ ! -e "$READY" ]; do sleep 0.05; done
    sleep 0.7
    """

  private func run(_ arguments: String..., as user: [String] = []) throws -> Run {
    return try script(
      (user + [Machine.sharedExecutable, "sockets"] + arguments)
        .map { "'\($0)'" }.joined(separator: " "))
  }

  /// Runs words of a shell in the scene.
  private func script(_ words: String) throws -> Run {
    let ready = NSTemporaryDirectory() + "sockets-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: ready) }
    let script = """
      export READY=\(ready)
      \(Self.scene)
      \(words)
      code=$?
      kill $!
      exit $code
      """
    return try Run(Machine.newNetwork + ["/bin/sh", "-c", script])
  }

  /// - Parameter schema: nil is the one that the text names.
  private func object(_ text: String, as schema: String? = nil) throws -> [String: Any] {
    try PublishedSchemas.validate(text, as: schema)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static let hasPython = Machine.program("python3") != nil
  private static let hasIP = Machine.program("ip") != nil || Machine.program("ifconfig") != nil
  static let canRun = hasPython && hasIP

  @Test(.enabled("python3 and ip are needed") { canRun })
  func `sockets: what waits now, what would never be noticed, and what to set`() throws {
    let run = try run()
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.output.contains("7 TCP sockets in net:["))
    #expect(run.output.contains("Waiting for an answer now"))
    #expect(run.output.contains("data is not acknowledged"))
    #expect(run.output.contains("with ETIMEDOUT"))
    #expect(run.output.contains("→ 127.0.0.1:5432, 2 connections"))
    #expect(run.output.contains("a dead peer is never noticed while idle"))
    #expect(run.output.contains("keepalive on, TCP_KEEPIDLE=60"))
    let advice = run.output.components(separatedBy: "What to set").last ?? ""
    #expect(advice.contains("- python3 → 127.0.0.1:5432: SO_KEEPALIVE in the program"))
    #expect(advice.contains("- python3 ← port 5432: SO_KEEPALIVE in the program"))
    #expect(run.output.contains("both ends here"))
  }

  @Test(.enabled("python3 and ip are needed") { canRun })
  func `sockets: JSON holds each socket with its real options and its times`() throws {
    let run = try run("--json")
    #expect(run.code == 0, "\(run.complaint)")
    let answer = try object(run.output)
    #expect(answer["command"] as? String == "sockets")
    let sockets = try #require(answer["sockets"] as? [[String: Any]])
    #expect(sockets.count == 7)
    let kept = try #require(
      sockets.first { ($0["set_by_program"] as? [String: Any])?["TCP_KEEPIDLE"] as? Int == 60 })
    let options = try #require(kept["options"] as? [String: Any])
    #expect(options["so_keepalive"] as? Int == 1)
    #expect(options["tcp_keepintvl"] as? Int == 10)
    #expect(options["tcp_user_timeout_ms"] as? Int == 80_000)
    #expect(options["tcp_syncnt"] as? Int == 6)
    #expect(kept["process"] as? String == "python3")
    #expect(kept["pid"] as? Int != nil && kept["fd"] as? Int != nil)
    #expect(kept["options_unknown_because"] is NSNull)
    let scenarios = try #require(kept["scenarios"] as? [[String: Any]])
    #expect(
      scenarios.map { $0["scenario"] as? String } == ["idle", "send", "zero-window", "close"])
    #expect(scenarios.allSatisfy { $0["ends"] as? String == "always" })
    let waiting = sockets.compactMap { $0["ongoing"] as? [String: Any] }
    #expect(waiting.map { $0["scenario"] as? String } == ["send"])
    let namespaces = try #require(answer["namespaces"] as? [[String: Any]])
    #expect(namespaces.count == 1)
  }

  @Test(.enabled("python3 and ip are needed") { canRun })
  func `sockets: a profile judges live connections, and the exit code says how`() throws {
    let missed = try run("--profile", "server")
    #expect(missed.code == 1, "\(missed.complaint)")
    #expect(missed.output.contains("MISSED"))
    #expect(missed.output.contains("server.idle.within: never ends"))
    let none = try run("--profile", "server", "--port", "1")
    #expect(none.code == 0)
  }

  @Test(
    .enabled("python3 and ip are needed, and root, to become nobody") {
      canRun && Machine.canBeNobody
    })
  func `sockets: nobody sees timers and states, and is told what would help`() throws {
    let run = try run("--json", as: Machine.nobody)
    #expect(run.code == 0, "\(run.complaint)")
    let sockets = try #require(try object(run.output)["sockets"] as? [[String: Any]])
    #expect(sockets.count == 7)
    #expect(sockets.allSatisfy { $0["options"] is NSNull })
    let reasons = Set(sockets.compactMap { $0["options_unknown_because"] as? String })
    #expect(reasons.allSatisfy { $0.contains("run as root, or with CAP_SYS_PTRACE") })
    let ends = sockets.flatMap { ($0["scenarios"] as? [[String: Any]]) ?? [] }
      .filter { $0["scenario"] as? String == "idle" }.compactMap { $0["ends"] as? String }
    #expect(ends.contains("never") && ends.contains("always"))
  }

  @Test(.enabled("python3 and ip are needed") { canRun })
  func `sockets: filters, formats and orders`() throws {
    let listening = try run("--state", "listen", "--format", "csv")
    #expect(listening.output.split(separator: "\n").count == 2)
    #expect(listening.output.hasPrefix("netns,state,local,remote,process,pid,fd,uid,so_keepalive,"))
    let lines = try run("--state", "established", "--format", "jsonl")
    let objects = try lines.output.split(separator: "\n").map {
      try object(String($0), as: "sockets-line")
    }
    #expect(
      objects.map { $0["type"] as? String } == Array(repeating: "socket", count: 6) + ["namespace"])
    let series = try run("--format", "prometheus")
    #expect(series.output.contains("# TYPE tcpadvisor_sockets_connections gauge"))
    #expect(series.output.contains("tcpadvisor_sockets_idle_never_noticed{"))
    let names = series.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .compactMap { $0.split(separator: "}").first }
    #expect(Set(names).count == names.count)
    let table = try run("--table", "--sort", "count")
    #expect(table.output.contains("unknown process"))
    #expect(table.code == 0)
  }

  @Test(
    .enabled("script(1) or timeout(1) are needed") { canRun && Machine.program("timeout") != nil })
  func `sockets: --watch looks again until it is stopped`() throws {
    let run = try run("--watch", "300ms", "--port", "5432", as: ["timeout", "-s", "INT", "2"])
    let looks = run.output.split(separator: "\n").count { $0.contains("TCP sockets in net:[") }
    #expect(looks >= 2)
  }

  /// Each line of ss -tanoie, by what names the socket: its fields as ss has them.
  private func fields(ofSS text: String) -> [String: [String: String]] {
    var sockets: [String: [String: String]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard words.count > 5 else { continue }
      var fields = [
        "state": words[0], "recv-q": words[1], "send-q": words[2], "local": words[3],
        "remote": words[4],
      ]
      for word in words.dropFirst(5) {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        fields[parts[0]] = parts.count > 1 ? parts[1] : ""
      }
      if let cookie = fields["sk"] { sockets[cookie] = fields }
    }
    return sockets
  }

  private static let statesOfSS = [
    "ESTAB": "established", "LISTEN": "listen", "SYN-SENT": "syn-sent", "TIME-WAIT": "time-wait",
    "CLOSE-WAIT": "close-wait", "FIN-WAIT-1": "fin-wait-1", "FIN-WAIT-2": "fin-wait-2",
  ]

  @Test(
    .enabled("python3, ip and ss are needed") { canRun && Machine.program("ss") != nil })
  func `sockets: every field is the one that ss shows`() throws {
    let script = try script(
      "ss -tanoieOH; echo ====; '\(Machine.sharedExecutable)' sockets --json; echo ====;"
        + " ss -tanoieOH")
    let parts = script.output.components(separatedBy: "====\n")
    try #require(parts.count == 3, "\(script.output) \(script.complaint)")
    // A timer may fire between the two: the later look counts as well.
    let (shown, later) = (fields(ofSS: parts[0]), fields(ofSS: parts[2]))
    let sockets = try #require(try object(parts[1])["sockets"] as? [[String: Any]])
    #expect(sockets.count == shown.count)
    for socket in sockets {
      let cookie = socket["cookie"] as? String ?? ""
      let fields = try #require(shown[cookie], "\(cookie) is not in \(parts[0])")
      let both = [fields, later[cookie] ?? fields]
      #expect(socket["state"] as? String == Self.statesOfSS[fields["state"] ?? ""])
      #expect("\(socket["receive_queue"] ?? "")" == fields["recv-q"])
      #expect("\(socket["send_queue"] ?? "")" == fields["send-q"])
      #expect(socket["local"] as? String == fields["local"])
      if fields["state"] != "LISTEN" { #expect(socket["remote"] as? String == fields["remote"]) }
      #expect("\(socket["inode"] ?? "")" == fields["ino"] ?? "0")
      if let timeout = socket["rto_seconds"] as? Double {
        #expect(both.map { $0["rto"] }.contains("\(Int(timeout * 1000 + 0.5))"))
      }
      let control = socket["congestion_control"] as? String
      if let control { #expect(fields.keys.contains(control)) }
      let timers = both.map { fields in
        (fields["timer"] ?? "").dropFirst().dropLast().split(separator: ",").map(String.init)
      }
      let names = [
        "retransmission": "on", "keepalive": "keepalive", "time-wait": "timewait",
        "zero-window-probe": "persist",
      ]
      let timer = (socket["timer"] as? String).flatMap { names[$0] }
      #expect(timers.contains { $0.first == timer }, "\(timers)")
      let count = "\(socket["retransmissions"] ?? "")"
      #expect(timers.contains { $0.count < 3 || $0[2] == count }, "\(timers), and \(count)")
    }
  }
}

/// What is refused, and how.
struct SocketsInputTests {
  @Test(arguments: [
    (["--state", "establshed"], "--state establshed: no such state; did you mean established?"),
    (["--address", "10.0.0.0/33"], "--address 10.0.0.0/33: an address, or a network"),
    (["--watch", "0s"], "--watch 0s: a time above zero is needed"),
    (["--watch", "1s", "--format", "csv"], "--watch goes with the format text alone"),
    (["--netns", "no such"], "--netns no such: there is no such name in /run/netns"),
    (["--profile", "servr"], "no built-in profile is called “servr”"),
    (["--format", "xml"], "xml"), (["--port", "70000"], "70000"), (["--sort", "age"], "age"),
  ])
  func `sockets: wrong input is refused with what is right`(arguments: [String], message: String)
    throws
  {
    let run = try Run([Machine.executable, "sockets"] + arguments)
    #expect(run.code == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaint.contains(message), "\(run.complaint)")
  }
}

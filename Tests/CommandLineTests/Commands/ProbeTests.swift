import Foundation
import TemporaryFolders
import Testing

/// Probes of loopback alone.
struct ProbeTests {
  private let ports: Ports

  init() throws { ports = try Ports() }

  private var open: String { "127.0.0.1:\(ports.open)" }
  private var silent: String { "127.0.0.1:\(ports.silent)" }
  /// Nobody listens on that address.
  private var closed: String { "127.0.0.9:\(ports.open)" }

  @Test func `probe: all open is 0, something else 1`() throws {
    let fine = try Run.tool("probe", open)
    #expect(fine.code == 0, "\(fine.complaint)")
    #expect(fine.output.contains("1 open"), "\(fine.complaint)")
    let bad = try Run.tool("probe", open, closed)
    #expect(bad.code == 1)
    #expect(bad.output.contains("ECONNREFUSED"))
    #expect(try Run.tool("probe", closed, "--expect", "refused").code == 0)
    #expect(try Run.tool("probe", closed, open, "--expect", "refused,open").code == 0)
  }

  @Test func `probe: JSON has the promised fields in the order of the targets`() throws {
    let run = try Run.tool("probe", silent, closed, open, "--deadline", "200ms", "--json")
    let results = try run.json["results"]
    #expect(results.array.map(\.["target"].string) == [silent, closed, open])
    #expect(results.array.map(\.["outcome"].string) == ["undecided", "refused", "open"])
    #expect(results.array.map(\.["errno"].string) == [nil, "ECONNREFUSED", nil])
    #expect(try #require(results[0]["seconds"].number) >= 0.2)
    // What the kernel would have given stands beside it.
    #expect(try #require(results[0]["kernel"]["earliest_seconds"].number) > 1)
    #expect(results[1]["kernel"].isNull)
    #expect(results[2]["handshake_seconds"].number != nil)
    #expect(try run.json["counts"]["open"].number == 1)
    #expect(run.code == 1)
  }

  @Test func `probe: the kernel's own end is held against the model`() throws {
    let run = try Run.tool(
      "probe", silent, "--option", "TCP_USER_TIMEOUT=300", "--expect", "timed-out", "--json")
    let result = try run.json["results"][0]
    let (seconds, kernel) = (try #require(result["seconds"].number), result["kernel"])
    #expect(run.code == 0)
    #expect(result["errno"].string == "ETIMEDOUT")
    #expect(seconds > (try #require(kernel["earliest_seconds"].number)) - 0.02)
    #expect(seconds < (try #require(kernel["latest_seconds"].number)) + 0.2)
  }

  @Test func `probe: a name of /etc/hosts is resolved by a child`() throws {
    let run = try Run.tool("probe", "localhost:\(ports.open)", "-4", "--format", "jsonl")
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(run.output.contains("\"address\": \"\(open)\""))
    #expect(run.lines.count == 3)
    let lines = try run.lines.dropLast().map { try JSON(parsing: "\($0)", as: "probe-line") }
    #expect(lines.map(\.["type"].string) == ["result", "summary"])
  }

  @Test func `probe: targets come from a file and from standard input`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("targets", "# one\n\(open) # fine\n")
    let run = try Run.tool(
      "probe", "-f", file, "-f", "-", "--format", "csv", input: "\(closed)\n")
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows.count == 3)
    #expect(run.code == 1)
    #expect(rows[0][0...2] == ["target", "address", "outcome"])
    #expect(Set(rows.dropFirst().map { $0[2] }) == ["open", "refused"])
  }

  @Test func `probe: ports have ranges, each is connected to once`() throws {
    let range = "\(ports.open)-\(ports.open),\(ports.open)"
    let run = try Run.tool(
      "probe", "127.0.0.1", "--port", range, "--port", "\(ports.open)", "--json")
    #expect(run.code == 0, "\(run.complaint)")
    #expect(try run.json["results"].array.map(\.["address"].string) == [open])
  }

  @Test func `probe: connects leave by an address or an interface`() throws {
    #expect(try Run.tool("probe", open, "--bind", "127.0.0.3").code == 0)
    // Linux 5.7 is the first where that needs no rights.
    let device = try Run.tool("probe", open, "--bind", "lo")
    #expect(device.code == 0 || device.output.contains("setsockopt: EPERM"), "\(device.output)")
  }

  @Test func `probe: JSON is no other format`() throws {
    for format in ["text", "csv"] {
      let run = try Run.tool("probe", open, "--json", "--format", format)
      #expect(run.code == 2)
      #expect(run.complaint.contains("exclude each other"))
      #expect(try run.json.names == ["$schema", "error"])
    }
    #expect(try Run.tool("probe", open, "--json", "--format", "json").code == 0)
  }

  @Test func `probe: wrong usage is an object to readers of either JSON`() throws {
    for words in [["--json"], ["--format", "json"], ["--format=json"]] {
      let run = try Run.tool(["probe", open, "--bogus"] + words)
      #expect(run.code == 2, "\(run.output)")
      #expect(try run.json.names == ["$schema", "error"], "\(run.output)")
    }
  }

  @Test func `probe: rounds have statistics`() throws {
    let run = try Run.tool("probe", open, silent, "--repeat", "3", "--deadline", "50ms", "--json")
    let rounds = try run.json["results"].array.map(\.["rounds"])
    #expect(rounds.map(\.["count"].number) == [3, 3])
    #expect(rounds.map(\.["loss"].number) == [0, 1])
    #expect(rounds.map(\.["outcomes"]["undecided"].number) == [0, 3])
    #expect(rounds[0]["times_of"].string == "open")
    #expect(rounds[1]["times_of"].isNull)
    try #require(rounds[0]["p95_seconds"].number != nil)
    #expect(!rounds[1]["median_seconds"].isPresent)
  }

  @Test func `probe: monitoring has its own codes and words`() throws {
    let nagios = try Run.tool("probe", open, closed, "--format", "nagios")
    #expect(nagios.code == 2)
    #expect(nagios.output.hasPrefix("PROBE CRITICAL - 1 open, 1 refused; \(closed) refused after"))
    #expect(try Run.tool("probe", open, "--format", "nagios").code == 0)
    let prometheus = try Run.tool("probe", closed, "--format", "prometheus")
    #expect(
      prometheus.output.contains(
        "tcpadvisor_probe_outcome{target=\"\(closed)\",address=\"\(closed)\",outcome=\"refused\"} 1"
      ))
  }

  @Test func `probe: wrong usage is unknown to monitoring, on the stream that it reads`() throws {
    for arguments in [["probe", "127.0.0.1"], ["probe", open, "--bogus"]] {
      let run = try Run.tool(arguments + ["--format", "nagios"])
      #expect(run.code == 3, "\(run.output)")
      #expect(run.output.hasPrefix("PROBE UNKNOWN - "), "\(run.output)")
      #expect(run.lines.count == 2)
      #expect(run.complaint != "")
    }
  }

  /// A probe that is interrupted while it waits for the silent port.
  private func interrupted(_ arguments: String...) throws -> Running {
    let running = try Running(["probe"] + arguments)
    let isWaiting = Running.comes(within: 40) {
      ConnectingSocket.all().contains { $0.remotePort == ports.silent }
    }
    #expect(isWaiting)
    kill(running.tool, SIGINT)
    #expect(running.ends(within: 10))
    return running
  }

  private func interrupted(format: String) throws -> Running {
    // Longer than it takes to find it among the sockets of others.
    try interrupted(closed, silent, "--deadline", "60s", "--format", format)
  }

  @Test func `probe: an interrupt prints what is there, and says so`() throws {
    let words = "interrupted after 2 of 2 addresses"
    let text = try interrupted(format: "text")
    #expect(text.output.contains("\(words): 1 refused, 1 undecided"))
    #expect(text.code == 130)
    #expect(try JSON(parsing: interrupted(format: "json").output)["interrupted"].bool == true)
    let lines = try interrupted(format: "jsonl").output.split(separator: "\n").map(String.init)
    let last = try lines.map { try JSON(parsing: $0, as: "probe-line") }.last
    #expect(last?["interrupted"].bool == true)
    let nagios = try interrupted(format: "nagios")
    #expect(nagios.output.hasPrefix("PROBE UNKNOWN - \(words): 1 refused"))
    #expect(nagios.code == 3)
    let csv = try interrupted(format: "csv")
    #expect(csv.output.contains(",undecided,"))
    #expect(csv.complaint.contains(words))
  }

  @Test(.enabled(if: Machine.hasTerminals, "no terminal by script(1) here"))
  func `probe: a terminal shows how far it is`() throws {
    let script = try #require(Machine.program("script"))
    let command =
      "'\(Machine.executable)' probe 127.0.0.0/23 --port \(ports.open) --rate 300 >/dev/null"
    let run = try Run([script, "-qec", command, "/dev/null"])
    #expect(run.output.contains(" of 512 done, "), "\(run.output)")
    #expect(run.output.contains(" not as expected, "))
    #expect(run.output.hasSuffix("\u{1B}[K"))
  }

  @Test func `probe: half a textfile is not published`() throws {
    let run = try interrupted(format: "prometheus")
    #expect(run.output == "")
    #expect(run.code == 130)
    #expect(run.complaint.contains("nothing is printed"))
  }

  @Test func `probe: a reader that has gone ends the run`() throws {
    let start = Date()
    let run = try Run.shell(
      "{ \"$@\"; echo $? >&2; } | head -1", Machine.executable, "probe", "127.0.0.0/16", "--port",
      "\(ports.open)", "--rate", "1000", "--format", "jsonl", "--expect", "open,refused")
    // All of it would take more than a minute.
    #expect(run.complaint == "0\n")
    #expect(Date().timeIntervalSince(start) < 20)
  }

  /// nmap's words for what it finds at the ports of an address, by a connect scan like ours.
  private func nmap(_ address: String, _ ports: [UInt16]) throws -> [String] {
    let run = try Run([
      Machine.program("nmap") ?? "nmap", "-n", "-Pn", "-sT", "-T5", "-oG", "-", "-r", "-p",
      ports.map(String.init).joined(separator: ","), address,
    ])
    return ports.map { port in
      let word = run.output.split { " ,\t\n".contains($0) }.first { $0.hasPrefix("\(port)/") }
      return word.map { String($0.split(separator: "/")[1]) } ?? run.output + run.complaint
    }
  }

  @Test(.enabled("no nmap here") { Machine.program("nmap") != nil })
  func `probe: nmap finds the same`() throws {
    let words = try nmap("127.0.0.1", [ports.open, ports.silent]) + nmap("127.0.0.9", [ports.open])
    #expect(words == ["open", "filtered", "closed"])
    let run = try Run.tool("probe", open, silent, closed, "--deadline", "500ms", "--json")
    let outcomes = try run.json["results"].array.map(\.["outcome"].string)
    #expect(outcomes == ["open", "undecided", "refused"])
  }

  @Test(arguments: ["jsonl", "csv"])
  func `probe: an interrupt ends what nobody reads`(format: String) throws {
    let script = """
      { "$@" & echo $! >"$0"; wait $!; echo "code $?" >&2; } | sleep 4 &
      sleep 2; kill -INT "$(cat "$0")"; sleep 1
      """
    let folder = try TemporaryFolder()
    let number = try folder.write("number", "")
    let run = try withExtendedLifetime(folder) {
      try Run(
        ["/bin/sh", "-c", script, number, Machine.executable, "probe", "127.0.0.0/17", "--port"]
          + ["9", "--rate", "0", "--format", format])
    }
    #expect(run.complaint.contains("interrupted after") == (format == "csv"), "\(run.complaint)")
    #expect(run.complaint.contains("code 130"), "\(run.complaint) \(run.output)")
  }

  @Test func `probe: who reads slowly gets everything`() throws {
    // sh reads byte by byte, so that the pipe is full until the end.
    let run = try Run.shell(
      "{ \"$@\"; echo \"code $?\"; } | { sleep 1; while read -r line; do last2=$last last=$line; done; echo \"$last2 $last\"; }",
      Machine.executable, "probe", "127.0.0.0/23", "--port", "9", "--rate", "0", "--format", "jsonl"
    )
    #expect(run.output.contains("\"type\": \"summary\""))
    #expect(run.output.hasSuffix("code 1\n"))
  }

  private static let profile = """
    schema: 1
    name: quick
    connections:
      - name: web
        objectives: { connect: { within: 3s } }
      - name: database
        match: { remote_port: 5432 }
        objectives: { connect: { within: 1s } }
    """

  @Test func `probe: an attempt that hangs is held against a profile`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("quick.yaml", Self.profile)
    let hung = try Run.tool(
      "probe", silent, open, "--deadline", "100ms", "--expect", "open,undecided", "--profile", file,
      "--json")
    let verdicts = try hung.json["verdicts"].array
    #expect(hung.code == 1)
    #expect(verdicts.map(\.["connections"].string) == ["web"])
    #expect(verdicts.first?["status"].string == "missed")
    #expect(verdicts.first?["decided_by"].array.isEmpty == false)
    #expect(try Run.tool("probe", open, "--profile", file).code == 0)
  }

  @Test func `probe: a profile without a verdict says why, in text and in JSON`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("quick.yaml", Self.profile)
    let calm = try Run.tool("probe", open, "--profile", file, "--json").json
    #expect(calm["verdicts"].array.isEmpty)
    #expect(calm["not_judged"].array.map(\.string) == ["nothing hung that `quick` matches"])
    let text = try Run.tool("probe", open, "--profile", file)
    #expect(text.code == 0, "\(text.output)")
    #expect(text.output.contains("Not judged: nothing hung"), "\(text.output)")
  }

  @Test func `probe: what the program of a group sets is simulated`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "sets.yaml",
      """
      schema: 1
      name: sets
      connections:
        - name: web
          match: { remote: 127.0.0.0/8 }
          sets: { TCP_USER_TIMEOUT: 2000 }
          objectives: { connect: { within: 3s, survive: 2s } }
      """)
    func run(_ options: String...) throws -> Run {
      try Run.tool(
        ["probe", silent, "--deadline", "50ms", "--expect", "undecided", "--profile", file]
          + options)
    }
    let verdicts = try run("--json").json["verdicts"].array
    #expect(verdicts.map(\.["objective"].string) == ["within", "survive"])
    #expect(verdicts.map(\.["status"].string) == ["met", "missed"])
    #expect(verdicts.first?["measured"].bool == false)
    #expect(verdicts.first?["options"]["TCP_USER_TIMEOUT"].number == 2000)
    let text = try run()
    #expect(text.code == 1, "\(text.output)")
    #expect(text.output.contains("with TCP_USER_TIMEOUT=2000"), "\(text.output)")
    // What was asked for is tried, not what the program sets.
    let tried = try run("--option", "TCP_USER_TIMEOUT=9000", "--json").json["verdicts"].array
    #expect(tried.map(\.["status"].string) == ["missed", "met"])
    #expect(tried.first?["remedies"].array.isEmpty == false)
  }

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"),
    .enabled("no ip(8) here") { Machine.program("ip") != nil })
  func `probe: a neighbour that does not answer is told, predicted and judged`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("quick.yaml", Self.profile)
    let link = """
      ip link add v0 type veth peer name v1 && ip link set v0 up && ip link set v1 up &&
      ip address add 10.9.0.1/24 dev v0 && echo 4 >/proc/sys/net/ipv4/neigh/v0/mcast_solicit &&
      exec "$@"
      """
    let run = try Run.tool(
      "probe", "10.9.0.66:80", "--deadline", "300ms", "--profile", file, "--json",
      wrapper: Machine.newNetwork + ["/bin/sh", "-c", link, "sh"])
    let result = try run.json["results"][0]
    #expect(result["neighbour"]["device"].string == "v0", "\(run.output) \(run.complaint)")
    #expect(result["neighbour"]["state"].string == "incomplete")
    // The device's own four requests, not the three of the others.
    #expect(try #require(result["kernel"]["earliest_seconds"].number) > 3.9)
    #expect(try #require(result["kernel"]["latest_seconds"].number) < 4.3)
    let verdict = try run.json["verdicts"][0]
    #expect(verdict["status"].string == "missed")
    #expect(run.code == 1)
    #expect(verdict["decided_by"][0].string?.contains("mcast_solicit = 4") == true)
  }

  @Test func `probe: one socket is as good as new ones`() throws {
    let run = try Run.tool(
      "probe", closed, "--reconnect", "20", "--option", "TCP_USER_TIMEOUT=700", "--json")
    let request = try run.json["reconnect"]
    #expect(run.code == 1)
    #expect(request["target"].string == closed)
    for way in ["same_socket", "new_socket"] {
      #expect(request[way]["connects"].number == 20)
      #expect(request[way]["open"].number == 0)
      #expect(request[way]["outcomes"]["refused"].number == 20)
      #expect(try #require(request[way]["median_seconds"].number) > 0)
    }
    #expect(request["options_kept"].array.map(\.string).contains("TCP_USER_TIMEOUT"))
    #expect(request["saving"]["pairs"].number == 20)
    #expect(request["peer"]["conduct"].isNull)
    #expect(
      try Run.tool("probe", closed, "--reconnect", "5", "--expect", "refused").code == 0)
    let live = try Run.tool("probe", open, "--reconnect", "20")
    #expect(live.code == 0, "\(live.output)")
    #expect(live.output.contains("20 open"), "\(live.output)")
    #expect(live.output.contains("sent the peer a RST in 20 of 20 rounds"))
  }

  @Test func `probe: a name keeps its name, and the address that was taken is told`() throws {
    let run = try Run.tool(
      "probe", "localhost:\(ports.open)", "-4", "--reconnect", "2", "--json")
    let request = try run.json["reconnect"]
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(request["target"].string == "localhost:\(ports.open)")
    #expect(request["address"].string == open)
    #expect(request["others"].array.isEmpty)
  }

  @Test(.enabled("namespaces are refused here") { Machine.allowsNamespaces })
  func `probe: a name that nobody can tell has no reconnects`() throws {
    // Where no name server can be asked.
    let run = try Run.tool(
      "probe", "no-such-name.invalid:1", "--reconnect", "2", wrapper: Machine.newNetwork)
    #expect(run.code == 1)
    #expect(run.output.hasPrefix("no-such-name.invalid:1 unresolved: EAI"))
  }

  @Test func `probe: a port of one's own that only the same socket keeps is no failure`() throws {
    // An address where nobody else has that port.
    let own = "127.0.0.78:\(ports.open)"
    let run = try Run.tool("probe", open, "--reconnect", "3", "--bind", own, "--json")
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(try run.json["reconnect"]["new_socket"]["outcomes"]["local-error"].number == 2)
    let named = try Run.tool(
      "probe", "localhost:\(ports.open)", "-4", "--reconnect", "3", "--bind",
      "127.0.0.79:\(ports.open)")
    #expect(named.code == 0)
    #expect(named.output.contains("Useful with a fixed local port"))
  }

  @Test func `probe: an interrupt prints the reconnects that there are`() throws {
    let run = try interrupted(silent, "--reconnect", "9", "--deadline", "100ms", "--json")
    let json = try JSON(parsing: run.output)
    #expect(run.code == 130)
    #expect(json["interrupted"].bool == true)
    let connects = try #require(json["reconnect"]["new_socket"]["connects"].number)
    #expect(connects >= 0)
    #expect(connects < 9)
    #expect(json["reconnect"]["new_socket"]["median_wait_seconds"].isNull)
  }

  @Test(arguments: [
    (["probe"], "a target is missing"), (["probe", "127.0.0.1"], "a port is missing"),
    (["probe", "127.0.0.1:0"], "0 is no port"), (["probe", "10.0.0.0/15:1"], "--yes"),
    (["probe", "h:1", "--expect", "opn"], "did you mean open?"),
    (["probe", "h:1", "--rate", "-1"], "--rate"), (["probe", "h:1", "--bind", "x"], "an address"),
    (["probe", "h:1", "--first", "--repeat", "2"], "exclude each other"),
    (["probe", "h:1", "--kernel", "6.1"], "Unknown option '--kernel'"),
    (
      ["probe", "127.0.0.1", "--port", "22,,80"], "--port 22,,80: a port is missing beside a comma"
    ),
    (["probe", "::1", "--port", "-1"], "--port -1: -1 is no port"),
    (["probe", "h:1", "--deadline", "-1s"], "--deadline -1s: a time above zero"),
    (["probe", "h:1", "--retries", "-1"], "--retries -1: 0 to 100"),
    (["probe", "h:1", "--interval", "1s"], "--interval applies to --repeat"),
    (
      ["probe", "[::1]:1", "--bind", "127.0.0.1"], "[::1]:1: the address to connect from is an IPv4"
    ),
    (["probe", "h:1", "-4", "--bind", "::1"], "--bind ::1 excludes -4"),
    (["probe", "10.0.0.0/15", "--port", "1-10"], "1310720 attempts, of which 10.0.0.0/15 has"),
    (["probe", "fd00::/64:1"], "no block of addresses such as fd00::/120, or [fd00::/120]:443"),
    (["probe", "fd00::/64", "--port", "1", "--yes"], "2^64 addresses"),
    (["probe", "h:1 TCP_SYNCNT=2 TCP_SYNCNT=3"], "TCP_SYNCNT=3: it is 2 already"),
    (
      ["probe", "h:1 TCP_SYNCT=2"], "TCP_SYNCT=2: unknown socket option; did you mean TCP_SYNCNT?"
    ),
    (["probe", "h:1", "--deadline", "0s"], "above zero"),
    (["probe", "-f", "/nowhere/targets"], "cannot read the targets in /nowhere/targets: ENOENT"),
    (["probe", "h:1", "--option", "TCP_SYNCNT=0"], "the kernel accepts"),
    (["probe", "-f", "-"], "standard input:2:1: bad: a port is missing"),
    (["probe", "h:1", "--reconnect", "0"], "1 to 10000"),
    (["probe", "h:1", "g:1", "--reconnect", "5"], "one target"),
    (["probe", "h:1", "--reconnect", "5", "--interval", "1s"], "goes without --interval"),
    (["probe", "h:1", "--reconnect", "5", "--retries", "2"], "goes without --retries"),
    (["probe", "h:1", "--reconnect", "5", "--concurrency", "9"], "goes without --concurrency"),
    (["probe", "h:1", "--reconnect", "5", "--yes"], "goes without --yes"),
    (["probe", "h:1", "--reconnect", "5", "-f", "-"], "goes without --file"),
    (["probe", "h:1", "--reconnect", "5", "--format", "csv"], "goes without --format csv"),
    (["probe", "h", "--port", "1,2", "--reconnect", "5"], "one address and port; these are 2"),
    (["probe", "h:1", "--reconnect", "5", "--expect", "opn"], "did you mean open?"),
    (["probe", "h:1", "--profile", "server", "--format", "csv"], "text and json only"),
  ])
  func `probe: what cannot be meant is refused before anything begins`(
    arguments: [String], reason: String
  ) throws {
    let run = try Run.tool(arguments, input: "# \nbad host:1\n")
    #expect(run.code == 2, "\(run.complaint)")
    #expect(run.output == "", "\(run.complaint)")
    #expect(run.complaint.contains(reason), "\(run.complaint)")
  }
}

import Foundation
import Testing

/// Probes of loopback alone.
struct ProbeTests {
  /// A port of 127.0.0.1 that listens, and one whose accept queue is full.
  private final class Ports {
    let open, silent: UInt16
    private let sockets: [CInt]

    init() throws {
      let (first, open) = try Self.listener(backlog: 100)
      let (second, silent) = try Self.listener(backlog: 0)
      let client = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
      var address = Self.loopback(port: silent)
      let length = socklen_t(MemoryLayout<sockaddr_in>.size)
      withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(client, $0, length) }
      }
      (self.open, self.silent, sockets) = (open, silent, [first, second, client])
    }

    deinit { for socket in sockets { close(socket) } }

    private static func loopback(port: UInt16) -> sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      address.sin_port = port.bigEndian
      return address
    }

    private static func listener(backlog: CInt) throws -> (CInt, UInt16) {
      let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      var address = loopback(port: 0)
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, length) == 0 && listen(listener, backlog) == 0
            && getsockname(listener, $0, &length) == 0
        }
      }
      try #require(isBound)
      return (listener, UInt16(bigEndian: address.sin_port))
    }
  }

  private let ports: Ports

  init() throws { ports = try Ports() }

  private var open: String { "127.0.0.1:\(ports.open)" }
  private var silent: String { "127.0.0.1:\(ports.silent)" }
  /// Nobody listens on that address.
  private var closed: String { "127.0.0.9:\(ports.open)" }

  @Test func `all open is 0, something else 1`() throws {
    let fine = try Run.tool("probe", open)
    #expect(fine.code == 0 && fine.output.contains("1 open"), "\(fine.complaint)")
    let bad = try Run.tool("probe", open, closed)
    #expect(bad.code == 1 && bad.output.contains("ECONNREFUSED"))
    #expect(try Run.tool("probe", closed, "--expect", "refused").code == 0)
    #expect(try Run.tool("probe", closed, open, "--expect", "refused,open").code == 0)
  }

  @Test func `JSON has the promised fields in the order of the targets`() throws {
    let run = try Run.tool("probe", silent, closed, open, "--deadline", "200ms", "--json")
    let results = try run.json["results"]
    #expect(results.array.map(\.["target"].string) == [silent, closed, open])
    #expect(results.array.map(\.["outcome"].string) == ["undecided", "refused", "open"])
    #expect(results.array.map(\.["errno"].string) == [nil, "ECONNREFUSED", nil])
    #expect(try #require(results[0]["seconds"].number) >= 0.2)
    // What the kernel would have given stands beside it.
    #expect(try #require(results[0]["kernel"]["earliest_seconds"].number) > 1)
    #expect(results[1]["kernel"].isNull && results[2]["handshake_seconds"].number != nil)
    #expect(try run.json["counts"]["open"].number == 1 && run.code == 1)
  }

  @Test func `the kernel's own end is held against the model`() throws {
    let run = try Run.tool(
      "probe", silent, "--option", "TCP_USER_TIMEOUT=300", "--expect", "timed-out", "--json")
    let result = try run.json["results"][0]
    let (seconds, kernel) = (try #require(result["seconds"].number), result["kernel"])
    #expect(run.code == 0 && result["errno"].string == "ETIMEDOUT")
    #expect(seconds > (try #require(kernel["earliest_seconds"].number)) - 0.02)
    #expect(seconds < (try #require(kernel["latest_seconds"].number)) + 0.2)
  }

  @Test func `a name of /etc/hosts is resolved by a child`() throws {
    let run = try Run.tool("probe", "localhost:\(ports.open)", "-4", "--format", "jsonl")
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(run.output.contains("\"address\":\"\(open)\"") && run.lines.count == 2)
  }

  @Test func `targets come from a file and from standard input`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("targets", "# one\n\(open) # fine\n")
    let run = try Run.tool(
      "probe", "-f", file, "-f", "-", "--format", "csv", input: "\(closed)\n")
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows.count == 3 && run.code == 1)
    #expect(rows[0][0...2] == ["target", "address", "outcome"])
    #expect(Set(rows.dropFirst().map { $0[2] }) == ["open", "refused"])
  }

  @Test func `rounds have statistics`() throws {
    let run = try Run.tool("probe", open, silent, "--repeat", "3", "--deadline", "50ms", "--json")
    let rounds = try run.json["results"].array.map(\.["rounds"])
    #expect(rounds.map(\.["count"].number) == [3, 3])
    #expect(rounds.map(\.["loss"].number) == [0, 1])
    #expect(rounds[0]["p95_seconds"].number != nil && !rounds[1]["median_seconds"].isPresent)
  }

  @Test func `monitoring has its own codes and words`() throws {
    let nagios = try Run.tool("probe", open, closed, "--format", "nagios")
    #expect(nagios.code == 2 && nagios.output.hasPrefix("PROBE CRITICAL - 1 open, 1 refused | "))
    #expect(try Run.tool("probe", open, "--format", "nagios").code == 0)
    let prometheus = try Run.tool("probe", closed, "--format", "prometheus")
    #expect(
      prometheus.output.contains(
        "tcpadvisor_probe_expected{target=\"\(closed)\",address=\"\(closed)\",outcome=\"refused\"} 0"
      ))
  }

  @Test func `an interrupt prints what is there`() throws {
    let run = try Run.shell(
      "\"$@\" & sleep 0.7; kill -INT $!; wait $!; echo \"code $?\"", Machine.executable, "probe",
      closed, silent)
    #expect(run.output.contains("1 refused, 1 undecided"), "\(run.output)")
    #expect(run.output.contains("code 130"))
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
  func `nmap finds the same`() throws {
    let words = try nmap("127.0.0.1", [ports.open, ports.silent]) + nmap("127.0.0.9", [ports.open])
    #expect(words == ["open", "filtered", "closed"])
    let run = try Run.tool("probe", open, silent, closed, "--deadline", "500ms", "--json")
    let outcomes = try run.json["results"].array.map(\.["outcome"].string)
    #expect(outcomes == ["open", "undecided", "refused"])
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

  @Test func `an attempt that hangs is held against a profile`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("quick.yaml", Self.profile)
    let hung = try Run.tool(
      "probe", silent, open, "--deadline", "100ms", "--expect", "open,undecided", "--profile", file,
      "--json")
    let verdicts = try hung.json["verdicts"].array
    #expect(hung.code == 1 && verdicts.map(\.["connections"].string) == ["web"])
    #expect(verdicts.first?["status"].string == "missed")
    #expect(verdicts.first?["decided_by"].array.isEmpty == false)
    #expect(try Run.tool("probe", open, "--profile", file).code == 0)
  }

  @Test func `one socket is as good as new ones, and cheaper`() throws {
    let run = try Run.tool(
      "probe", closed, "--reconnect", "20", "--option", "TCP_USER_TIMEOUT=700", "--json")
    let trial = try run.json["reconnect"]
    #expect(run.code == 1 && trial["options_changed"].array.isEmpty)
    for way in ["same_socket", "new_socket"] {
      #expect(trial[way]["connects"].number == 20 && trial[way]["open"].number == 0)
      #expect(try #require(trial[way]["median_seconds"].number) > 0)
    }
    let live = try Run.tool("probe", open, "--reconnect", "20")
    #expect(live.code == 0 && live.output.contains("20 open"), "\(live.output)")
    #expect(live.output.contains("sent the peer a RST"))
  }

  @Test(arguments: [
    (["probe"], "a target is missing"), (["probe", "127.0.0.1"], "a port is missing"),
    (["probe", "127.0.0.1:0"], "0 is no port"), (["probe", "10.0.0.0/15:1"], "--yes"),
    (["probe", "h:1", "--expect", "opn"], "did you mean open?"),
    (["probe", "h:1", "--rate", "-1"], "--rate"), (["probe", "h:1", "--bind", "x"], "an address"),
    (["probe", "h:1", "--first", "--repeat", "2"], "exclude each other"),
    (["probe", "h:1", "--kernel", "6.1"], "as it is"),
    (["probe", "h:1", "--deadline", "0s"], "above zero"),
    (["probe", "-f", "/nowhere/targets"], "cannot read the targets in /nowhere/targets: ENOENT"),
    (["probe", "h:1", "--option", "TCP_SYNCNT=0"], "the kernel accepts"),
    (["probe", "-f", "-"], "standard input:2: bad host:1"),
    (["probe", "h:1", "--reconnect", "0"], "1 to 10000"),
    (["probe", "h:1", "g:1", "--reconnect", "5"], "one target"),
    (["probe", "h:1", "--profile", "server", "--format", "csv"], "text and json alone"),
  ])
  func `what cannot be meant is refused before anything begins`(
    arguments: [String], reason: String
  ) throws {
    let run = try Run.tool(arguments, input: "# \nbad host:1\n")
    #expect(run.code == 2 && run.output == "" && run.complaint.contains(reason), "\(run.complaint)")
  }
}

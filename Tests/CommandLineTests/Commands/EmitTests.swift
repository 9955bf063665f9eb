import Foundation
import TemporaryFolders
import Testing

/// `emit sysctl` and `emit sockets`: the same bytes everywhere, and the kernel takes them.
struct EmitTests {
  private func emit(
    _ arguments: String..., wrapper: [String] = [], environment: [String: String]? = nil,
    in folder: String? = nil
  ) throws -> String {
    let run = try Run.tool(
      ["emit"] + arguments, wrapper: wrapper, environment: environment, in: folder)
    #expect(run.code == 0)
    #expect(run.complaint == "")
    #expect(run.output.hasSuffix("\n"))
    #expect(!run.output.contains("\u{1B}"))
    return run.output
  }

  private static func assignments(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  private static let trio = ["time", "intvl", "probes"].map { "net.ipv4.tcp_keepalive_\($0)" }

  @Test
  func `emit: the bytes depend on the place, the environment and the time in nothing`() throws {
    let text = try emit("sysctl", "--kernel", "6.18")
    #expect(Self.assignments(text).count >= 3)
    #expect(try emit("sysctl", "--kernel", "6.18") == text)
    let folder = try TemporaryFolder()
    #expect(try emit("sysctl", "--kernel", "6.18", in: folder.path) == text)
    let odd = ["LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "HOSTNAME": "elsewhere"]
    #expect(try emit("sysctl", "--kernel", "6.18", environment: odd) == text)
    #expect(try emit("sysctl", "--kernel", "6.18", environment: [:]) == text)
  }

  @Test func `emit --check: a file that is not what its profile gives is shown as a diff`() throws {
    let files = try TemporaryFolder()
    let words = ["emit", "sysctl", "--kernel", "6.18", "--output", "a.conf"]
    #expect(try Run.tool(words, in: files.path).code == 0)
    let same = try Run.tool(words + ["--check"], in: files.path)
    #expect(same.code == 0 && same.output.isEmpty)
    let text = try files.text("a.conf")
    try files.write("a.conf", text + "vm.swappiness = 1\n")
    let other = try Run.tool(words + ["--check"], in: files.path)
    #expect(other.code == 1 && other.output.hasPrefix("--- a.conf\n+++ a.conf\n@@ "))
    #expect(other.output.hasSuffix("\n-vm.swappiness = 1\n"))
    #expect(try files.text("a.conf") == text + "vm.swappiness = 1\n")
    #expect(try Run.tool(["emit", "sysctl", "--check"]).code == 2)
    let gone = try Run.tool(["emit", "sysctl", "--check", "-o", "gone.conf"], in: files.path)
    #expect(gone.code == 1 && gone.output.contains("+net.ipv4."))
    #expect(!FileManager.default.fileExists(atPath: files.path + "/gone.conf"))
  }

  @Test func `emit --output-dir: all files of all targets lie below it`() throws {
    let files = try TemporaryFolder()
    let words = [
      "emit", "sysctl", "ansible-role", "--profile", "server", "--kernel", "6.18", "--output-dir",
      "out/new",
    ]
    let before = try Run.tool(words + ["--diff"], in: files.path)
    #expect(before.code == 0 && before.output.contains("+net.ipv4.tcp_keepalive_time = 180\n"))
    #expect(try Run.tool(words + ["--check"], in: files.path).code == 1)
    #expect(!FileManager.default.fileExists(atPath: "\(files.path)/out"))
    let run = try Run.tool(words, in: files.path)
    #expect(run.code == 0 && run.output.isEmpty, "\(run.complaint)")
    let text = try files.text("out/new/60-tcpadvisor-server.conf")
    #expect(text.contains("\nnet.ipv4.tcp_keepalive_time = 180\n"))
    for part in ["defaults", "tasks", "handlers"] {
      #expect(try !files.text("out/new/tcpadvisor_server/\(part)/main.yml").isEmpty)
    }
    let same = try Run.tool(words + ["--check"], in: files.path)
    #expect(same.code == 0 && same.output.isEmpty)
    try files.write("out/new/tcpadvisor_server/defaults/main.yml", "---\n")
    let drift = try Run.tool(words + ["--check"], in: files.path)
    #expect(drift.code == 1)
    #expect(drift.output.hasPrefix("--- out/new/tcpadvisor_server/defaults/main.yml\n"))
  }

  @Test func `emit: several files need a folder, and one place is enough`() throws {
    let many = try Run.tool("emit", "sysctl", "c", "--profile", "server")
    #expect(many.code == 2 && many.output.isEmpty)
    #expect(many.complaint.contains("sysctl c: 2 files; --output-dir FOLDER takes them"))
    let both = try Run.tool(
      "emit", "sysctl", "--profile", "server", "--output", "a", "--output-dir", "b")
    #expect(both.code == 2 && both.complaint.contains("exclude each other"))
    let nowhere = try Run.tool("emit", "sysctl", "--profile", "server", "--diff")
    #expect(nowhere.code == 2 && nowhere.complaint.contains("--diff needs what it looks at"))
    let json = try Run.tool("emit", "sysctl", "c", "--profile", "server", "--json")
    #expect(json.code == 0)
    #expect(try json.json["files"].array.compactMap(\.["target"].string) == ["sysctl", "c"])
    #expect(try json.json["text"].string == nil)
    let folder = try TemporaryFolder(["plain": ""])
    let blocked = try Run.tool(
      ["emit", "sysctl", "--profile", "server", "--output-dir", "plain/x"], in: folder.path)
    #expect(blocked.code == 2 && blocked.complaint.contains("cannot write plain/x/60-"))
  }

  @Test func `emit: what cannot be met is said once, and the exit code is 1`() throws {
    let folder = try TemporaryFolder()
    let profile = """
      schema: 1
      name: hasty
      levers: [sysctl]
      connections:
        - name: pool
          sets: { SO_KEEPALIVE: 1 }
          objectives: { idle: { within: 2s }, connect: { within: 4s } }
      """
    _ = try folder.write("hasty.yaml", profile)
    let run = try Run.tool(["emit", "sysctl", "--profile", "hasty.yaml"], in: folder.path)
    #expect(run.code == 1)
    #expect(run.complaint.contains("cannot be met: pool: idle within 2 s"))
    #expect(run.output.components(separatedBy: "idle within 2 s").count == 2)
    #expect(Self.assignments(run.output) == ["net.ipv4.tcp_syn_retries = 1"])
  }

  @Test(.enabled(if: Machine.canBeNobody, "no other user by root and setpriv here"))
  func `emit: the bytes are the same for another user`() throws {
    #expect(
      try emit("sysctl", "--kernel", "6.18", wrapper: Machine.nobody)
        == emit("sysctl", "--kernel", "6.18"))
  }

  @Test func `emit: above each key stands why, and what it changes in seconds`() throws {
    let lines = try emit("sysctl").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("# 60-tcpadvisor-server.conf, generated by tcpadvisor") == true)
    var comment: [Substring] = []
    var keys: [String] = []
    for line in lines {
      if line.isEmpty { comment = [] }
      if line.hasPrefix("#") { comment.append(line) }
      guard line.contains(" = "), !line.hasPrefix("#") else { continue }
      let parts = line.split(separator: " ")
      try #require(parts.count == 3, "\(line)")
      #expect(parts[1] == "=", "\(line)")
      #expect(Int(parts[2]) != nil, "\(line)")
      keys.append(String(parts[0]))
      #expect(!comment.isEmpty, "\(line)")
      #expect(comment.joined().contains("default"), "\(line)")
      #expect(comment.joined().contains(" s"), "\(line)")
    }
    #expect(keys.filter(Self.trio.contains) == Self.trio)
    #expect(Set(keys).count == keys.count)
  }

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"),
    .enabled(if: Machine.hasSysctl, "no sysctl(8) here"))
  func `emit: a network namespace takes the drop-in, is content, and gets the same bytes again`()
    throws
  {
    let folder = try TemporaryFolder()
    let text = try emit("sysctl")
    try folder.write("drop-in.conf", text)
    try folder.write("tool", Machine.executable)
    let script = """
      tool=$(cat tool)
      PATH=$PATH:/usr/sbin:/sbin
      values() { sed -n 's/^\\([a-z0-9_.]*\\) = .*/\\1/p' drop-in.conf | while read -r key; do
        echo "$key = $(cat /proc/sys/$(echo $key | tr . /))"; done; }
      values >before
      "$tool" emit sysctl --undo >undo.conf
      sysctl --load=drop-in.conf >loaded || exit 3
      values >after
      "$tool" emit sysctl >again.conf
      "$tool" check >checked; echo $? >code
      sysctl --load=undo.conf >/dev/null || exit 4
      values >undone
      """
    let run = try Run(Machine.newNetwork + ["/bin/sh", "-c", script], in: folder.path)
    #expect(run.code == 0)
    #expect(run.complaint == "")
    #expect(
      try folder.text("loaded").split(separator: "\n").map(String.init)
        == Self.assignments(text))
    #expect(try Self.assignments(folder.text("after")) == Self.assignments(text))
    #expect(try folder.text("again.conf") == text)
    let checked = try folder.text("checked")
    #expect(try folder.text("code") == "0\n", "\(checked)")
    #expect(try folder.text("before") != folder.text("after"))
    #expect(try folder.text("undone") == folder.text("before"))
    #expect(
      try Self.assignments(folder.text("undo.conf")) == Self.assignments(folder.text("before")))
  }

  @Test func `emit: undo of a captured host has its values`() throws {
    let text = try emit("sysctl", "--undo", "--from", Machine.stock, "--kernel", "6.18")
    let stock = Set(try Machine.stockText.split(separator: "\n").map(String.init))
    let lines = Self.assignments(text)
    #expect(lines.count >= 3, "\(lines)")
    #expect(stock.isSuperset(of: lines), "\(lines)")
    // The path of the capture decides where the comment is wrapped.
    #expect(text.replacing("\n# ", with: " ").contains("from before 60-tcpadvisor-server.conf"))
  }

  @Test(arguments: ["077", "000", "022"])
  func `emit: a file is written whole, readable by all whatever the umask`(umask: String) throws {
    let folder = try TemporaryFolder()
    let run = try Run.shell(
      "umask \(umask); exec \"$0\" emit sysctl --kernel 6.18 -o out.conf".replacing(
        "$0", with: "$1"),
      Machine.executable, in: folder.path)
    #expect(run.code == 0)
    #expect(run.output == "")
    #expect(run.complaint == "")
    #expect(folder.names == ["out.conf"])
    let facts = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/out.conf")
    #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o644)
    #expect(try folder.text("out.conf") == emit("sysctl", "--kernel", "6.18", "-o", "-"))
  }

  @Test func `emit: another kernel changes what it must and nothing else`() throws {
    let all = try emit("sysctl")
    let new = try emit("sysctl", "--kernel", "6.18")
    let old = try emit("sysctl", "--kernel", "5.15")
    #expect(all.contains("Holds on Linux 5.15, 6.1, 6.6, 6.12 and 6.18"))
    #expect(new.contains("Holds on Linux 6.18,"))
    #expect(old.contains("Holds on Linux 5.15,"))
    #expect(Self.assignments(new) == Self.assignments(all))
    #expect(Self.assignments(old) == Self.assignments(all))
  }

  @Test func `emit: several profiles are named together`() throws {
    let run = try Run.tool(
      "emit", "sysctl", "--kernel", "6.18", "--profile", "server", "--profile", "reverse-proxy",
      "--json")
    #expect(run.code == 0)
    let answer = try run.json
    #expect(answer["file_name"].string == "60-tcpadvisor-server+reverse-proxy.conf")
    #expect(answer["target"].string == "sysctl")
    let text = try #require(answer["text"].string)
    #expect(text.hasPrefix("# 60-tcpadvisor-server+reverse-proxy.conf, generated by tcpadvisor"))
    #expect(
      answer["plan"]["sysctls"].array.map(\.["key"].string)
        == Self.assignments(text).map {
          String($0.prefix { $0 != " " })
        })
  }

  @Test func `emit: the targets are listed, and one is needed`() throws {
    let list = try Run.tool("emit", "--list", "--json")
    #expect(list.code == 0)
    let targets = try list.json["targets"].array
    let names = targets.compactMap(\.["name"].string)
    #expect(names.count == targets.count && Set(names).isSuperset(of: ["sysctl", "ansible", "c"]))
    #expect(Set(targets.map(\.["part"].string)) == ["host", "program"])
    #expect(targets[0]["files"][0].string == "60-tcpadvisor-PROFILE.conf")
    let text = try Run.tool("emit", "--list")
    #expect(text.output.split(separator: "\n").count >= targets.count)
    let none = try Run.tool("emit", "--profile", "server")
    #expect(none.code == 2)
    #expect(none.complaint.contains(names.joined(separator: ", ")))
  }

  @Test func `emit: what programs set is a table`() throws {
    let text = try emit("sockets", "--kernel", "6.18", "--profile", "database-client")
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["CONNECTIONS", "WHEN", "SETTING", "VALUE"]))
    #expect(rows.contains(["pool", "in", "the", "program", "connect", "deadline", "10", "s"]))
    #expect(rows.contains { $0.starts(with: ["pool", "before", "connect", "TCP_KEEPIDLE"]) })
    #expect(rows.contains { $0.starts(with: ["pool", "before", "connect", "TCP_USER_TIMEOUT"]) })
    let server = try emit("sockets", "--kernel", "6.18")
    #expect(server.contains("before connect, as today  SO_KEEPALIVE"))
    #expect(!server.contains("TCP_"))
  }
}

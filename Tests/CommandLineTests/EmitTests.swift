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

  @Test func `the bytes depend on the place, the environment and the time in nothing`() throws {
    let text = try emit("sysctl", "--kernel", "6.18")
    #expect(Self.assignments(text).count >= 3)
    #expect(try emit("sysctl", "--kernel", "6.18") == text)
    let folder = try TemporaryFolder()
    #expect(try emit("sysctl", "--kernel", "6.18", in: folder.path) == text)
    let odd = ["LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "HOSTNAME": "elsewhere"]
    #expect(try emit("sysctl", "--kernel", "6.18", environment: odd) == text)
    #expect(try emit("sysctl", "--kernel", "6.18", environment: [:]) == text)
  }

  @Test(.enabled(if: Machine.canBeNobody, "needs root and setpriv to become another user"))
  func `the bytes are the same for another user`() throws {
    #expect(
      try emit("sysctl", "--kernel", "6.18", wrapper: Machine.nobody)
        == emit("sysctl", "--kernel", "6.18"))
  }

  @Test func `above each key stands why, and what it changes in seconds`() throws {
    let lines = try emit("sysctl").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("# 60-tcpadvisor-server.conf, made by tcpadvisor") == true)
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
    .enabled(
      if: Machine.allowsNamespaces && Machine.hasSysctl,
      "needs sysctl(8) and the right to make a network namespace"))
  func `a network namespace takes the drop-in, is content, and gets the same bytes again`() throws {
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

  @Test func `undo of a captured host has its values`() throws {
    let text = try emit("sysctl", "--undo", "--from", Machine.stock, "--kernel", "6.18")
    let stock = Set(try Machine.stockText.split(separator: "\n").map(String.init))
    let lines = Self.assignments(text)
    #expect(lines.count >= 3, "\(lines)")
    #expect(stock.isSuperset(of: lines), "\(lines)")
    #expect(text.contains("Takes back 60-tcpadvisor-server.conf"))
  }

  @Test(arguments: ["077", "000", "022"])
  func `a file is written whole, readable by all whatever the umask`(umask: String) throws {
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

  @Test func `another kernel changes what it must and nothing else`() throws {
    let all = try emit("sysctl")
    let new = try emit("sysctl", "--kernel", "6.18")
    let old = try emit("sysctl", "--kernel", "5.15")
    #expect(all.contains("Holds on Linux 5.15, 6.1, 6.6, 6.12 and 6.18"))
    #expect(new.contains("Holds on Linux 6.18,"))
    #expect(old.contains("Holds on Linux 5.15,"))
    #expect(Self.assignments(new) == Self.assignments(all))
    #expect(Self.assignments(old) == Self.assignments(all))
  }

  @Test func `several profiles are named together`() throws {
    let run = try Run.tool(
      "emit", "sysctl", "--kernel", "6.18", "--profile", "server", "--profile", "reverse-proxy",
      "--json")
    #expect(run.code == 0)
    let answer = try run.json
    #expect(answer["file_name"].string == "60-tcpadvisor-server+reverse-proxy.conf")
    #expect(answer["target"].string == "sysctl")
    let text = try #require(answer["text"].string)
    #expect(text.hasPrefix("# 60-tcpadvisor-server+reverse-proxy.conf, made by tcpadvisor"))
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
    #expect(targets.map(\.["name"].string) == ["sysctl", "sockets", "c"])
    #expect(Set(targets.map(\.["part"].string)) == ["host", "program"])
    #expect(targets[0]["files"][0].string == "60-tcpadvisor-PROFILE.conf")
    let text = try Run.tool("emit", "--list")
    #expect(text.output.split(separator: "\n").count >= targets.count)
    let none = try Run.tool("emit", "--profile", "server")
    #expect(none.code == 2)
    #expect(none.complaint.contains("sysctl, sockets, c"))
  }

  @Test func `what programs set is a table`() throws {
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

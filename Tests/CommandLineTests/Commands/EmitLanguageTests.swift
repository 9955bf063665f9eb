import Foundation
import TemporaryFolders
import Testing

/// What is emitted for languages, built and run against ports of the loopback, with a name of the group
/// that tries to get out of each of them.
struct EmitLanguageTests {
  /// Each target, what builds it, and whether it can set everything.
  private static let languages: [(target: String, program: String, setsAll: Bool)] = [
    ("python", "python3", true), ("go", go, true), ("java", "javac", false),
    ("rust", "cargo", true), ("node", "node", false),
    ("swift", "swiftc", true), ("asio", "g++", true), ("c", "cc", true),
  ]
  private static let hasAsio = EmittedTargets.hasFile("/usr/include/asio.hp*")
  private static let hasSocket2 = EmittedTargets.hasFile("/usr/share/cargo/registry/socket2-*")
  private static let go = "\(EmittedTargets.peers)/go"

  /// A tab has an escape in what is printed.
  private static let name =
    EmittedTargets.evil.filter { !$0.contains("\t") }
    .joined(separator: " ") + " \\u000a */ evil();"

  private func profile() throws -> String {
    let name = String(decoding: try JSONEncoder().encode(Self.name), as: UTF8.self)
    return """
      schema: 1
      name: quick
      middleboxes:
        front:
          idle_timeout: 2s
          on_expiry: reset
          tcp_keepalive_counts: no
      connections:
        - name: \(name)
          path: { middleboxes: [front] }
          sets: { SO_KEEPALIVE: 1 }
          objectives:
            connect: { within: 700ms, why: \(name) }
            idle: { within: 2min, survive: 15s, why: \(name) }
            send: { within: 30s, survive: 10s, source: \(name) }
      """
  }

  @Test(arguments: languages)
  func `emit: code connects with its options, is refused, keeps its deadline, and beats`(
    target: String, program: String, setsAll: Bool
  ) throws {
    guard EmittedTargets.has(program), target != "rust" || Self.hasSocket2,
      target != "asio" || Self.hasAsio
    else { return }
    let folder = try TemporaryFolder(["quick.yaml": try profile()])
    let words = ["emit", target, "--kernel", "6.18", "--profile", "quick.yaml"]
    let emitted = try Run.tool(words + ["--json"], in: folder.path)
    #expect(emitted.code == (setsAll ? 0 : 1), "\(emitted.complaint)")
    let answer = try emitted.json
    let text = try #require(answer["text"].string)
    let file = try #require(answer["file_name"].string)
    _ = try Run.tool(words + ["--output-dir", "out"], in: folder.path)
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/build", withIntermediateDirectories: true)
    let script = Machine.fixture("emitted/languages.py")
    let run = try Run([
      "/usr/bin/env", "python3", script, target, "\(folder.path)/out/\(file)",
      "\(folder.path)/build", Self.name, Self.go,
    ])
    try #require(run.code == 0, "\(target): \(run.output)\(run.complaint)")
    let seen = try JSON(parsingOther: run.output)
    for (key, value) in [
      ("open", "connected"), ("beats", "beatbeat"), ("read", "read 1"), ("closed", "ECONNREFUSED"),
      ("silent", "ETIMEDOUT"),
    ] { #expect(seen[key].string == value, "\(target): \(key)") }
    #expect(seen["code"].number == 0)
    // The kernel alone would wait for two minutes; a busy machine makes a program late by seconds.
    #expect((0.7..<20).contains(try #require(seen["silent_seconds"].number)))
    #expect((1.9..<20).contains(try #require(seen["beats_seconds"].number)))
    let options = seen["options"]
    #expect(options["SO_KEEPALIVE"].number == 1)
    if setsAll {
      let planned = answer["plan"]["socket_options"].array
      #expect(planned.count >= 3)
      for option in planned {
        let name = try #require(option["option"].string)
        #expect(options[name].number == option["value"].number, "\(target): \(name)")
      }
    } else {
      #expect(answer["unmet"].array.count >= 1)
      #expect(options["TCP_USER_TIMEOUT"].number == 0)
      let idle = try #require(options["TCP_KEEPIDLE"].number.map { Int($0) })
      #expect(text.contains(target == "java" ? "TCP_KEEPIDLE, \(idle))" : "keepIdle: \(idle)000,"))
    }
    if target == "node" {
      #expect(options["TCP_KEEPINTVL"].number == 1 && options["TCP_KEEPCNT"].number == 10)
    }
  }

  /// What Windows' own compiler would read; nothing runs it here.
  @Test func `emit: code for Windows compiles`() throws {
    let compiler = "x86_64-w64-mingw32-gcc"
    guard EmittedTargets.has(compiler) else { return }
    let folder = try TemporaryFolder(["quick.yaml": try profile(), "use.c": Self.windows])
    let emitted = try Run.tool(
      ["emit", "windows", "--profile", "quick.yaml", "-o", "emitted.c"], in: folder.path)
    #expect(emitted.code == 0, "\(emitted.complaint)")
    let run = try Run(
      [
        "/usr/bin/env", compiler, "-Wall", "-Wextra", "-Werror", "-o", "use.exe", "use.c",
        "-lws2_32",
      ],
      in: folder.path)
    #expect(run.code == 0, "\(run.complaint)")
  }

  private static let windows = """
    #include "emitted.c"

    int main(void)
    {
        struct sockaddr address;
        memset(&address, 0, sizeof address);
        SOCKET made = tcpadvisor_connect(&tcpadvisor_groups[0], &address, sizeof address);
        return made == INVALID_SOCKET || tcpadvisor_await(&tcpadvisor_groups[0], made, 0) < 0;
    }
    """

  /// The parts of Netty that the code names; Debian's have no native library, so that nothing runs.
  private static let netty = [
    "common", "buffer", "transport", "handler", "resolver", "codec", "transport-native-epoll",
    "transport-native-unix-common",
  ].map { "/usr/share/java/netty-\($0).jar" }

  @Test func `emit: code for Kotlin and Netty compiles`() throws {
    guard EmittedTargets.has("kotlinc"), EmittedTargets.hasFile(Self.netty[0]) else { return }
    let folder = try TemporaryFolder(["quick.yaml": try profile(), "use.kt": Self.kotlin])
    let emitted = try Run.tool(
      ["emit", "netty", "--profile", "quick.yaml", "-o", "emitted.kt"], in: folder.path)
    #expect(emitted.code == 0, "\(emitted.complaint)")
    let run = try Run(
      [
        "/usr/bin/env", "kotlinc", "-cp", Self.netty.joined(separator: ":"), "-d", "built",
        "emitted.kt", "use.kt",
      ],
      in: folder.path)
    #expect(run.code == 0, "\(run.complaint)")
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/built/Connections.class"))
  }

  private static let kotlin = """
    import io.netty.bootstrap.Bootstrap
    import io.netty.bootstrap.ServerBootstrap
    import io.netty.channel.Channel

    fun use(channel: Channel) {
        for (group in connections.values) {
            group.prepare(Bootstrap())
            group.prepare(ServerBootstrap())
            group.addHeartbeat(channel) { it.writeAndFlush("beat") }
        }
    }
    """
}

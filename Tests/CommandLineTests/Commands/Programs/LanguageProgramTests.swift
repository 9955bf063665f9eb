import TCPModel
import Testing

/// Languages on this machine, and a program that talks to one: what their sockets have is what the
/// catalogue of programs says.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct LanguageProgramTests {
  /// Says when it has read from five clients.
  private static let python = """
    import asyncio, socket

    async def main():
        readers = 0

        async def serve(reader, writer):
            nonlocal readers
            await reader.readline()
            readers += 1
            if readers == 5:
                open("held", "w").close()
            await reader.read()

        servers = [await asyncio.start_server(serve, "127.0.0.1", 7200 + i) for i in range(4)]
        plain = socket.create_connection(("127.0.0.1", 7200))
        plain.send(b"x\\n")
        reader, writer = await asyncio.open_connection("127.0.0.1", 7200)
        writer.write(b"x\\n")
        await asyncio.sleep(120)

    asyncio.run(main())
    """

  @Test(
    .enabled("python3 and curl are needed") {
      Machine.program("python3") != nil && Machine.program("curl") != nil
    })
  func `python3 and curl: Python sets nothing, curl what it is told`() throws {
    let scene = try ProgramScene(
      """
      python3 hold.py 2>python.log &
      get() {
        curl -sN --retry 30 --retry-connrefused --retry-delay 1 "$@" &
      }
      get http://127.0.0.1:7201/
      get --keepalive-time 30 http://127.0.0.1:7202/
      get --no-keepalive http://127.0.0.1:7203/
      await '[ -e held ]'
      """, ["hold.py": Self.python])
    #expect(scene.options(of: ["python3"], .outbound(7200)) == ["", ""])
    #expect(scene.options(of: ["python3"], .inbound(7200)) == ["", ""])
    #expect(scene.advice.contains("python3 ← port 720"))
    try scene.expect([
      ProgramRow("curl", .outbound(7201)),
      ProgramRow("curl", .outbound(7202), told: [.keepIdle: 30, .keepInterval: 30]),
      ProgramRow("curl", .outbound(7203), told: [.keepalive: 0]),
    ])
  }

  /// Says when each of its clients has been answered.
  private static let node = """
    const fs = require('fs'), http = require('http'), net = require('net');
    let waiting = 4;
    const answered = () => { if (--waiting === 0) fs.writeFileSync('held', ''); };
    const serve = (port, options, then) => net.createServer(options, socket => {
      socket.on('data', data => socket.write(data));
    }).listen(port, '127.0.0.1', () => {
      const client = net.connect(port, '127.0.0.1', () => { then(client); client.write('x'); });
      client.on('data', answered);
    });
    serve(7000, {}, () => {});
    serve(7001, {}, client => client.setKeepAlive(true));
    serve(7002, {}, client => client.setKeepAlive(true, 60000));
    http.createServer((request, response) => response.end('x')).listen(7003, '127.0.0.1', () => {
      const agent = new http.Agent({ keepAlive: true });
      agent.on('free', () => setImmediate(answered));
      http.get({ port: 7003, host: '127.0.0.1', agent }, response => response.resume());
    });
    """

  @Test(.enabled("node is needed") { Machine.program("node") != nil })
  func `node: setKeepAlive brings times of its own, and so does http.Agent`() throws {
    let scene = try ProgramScene(
      """
      node hold.js 2>node.log &
      await '[ -e held ]'
      """, ["hold.js": Self.node])
    try scene.expect([
      ProgramRow("node", .outbound(7000), told: [.keepalive: 0]),
      ProgramRow("node", .outbound(7001), told: [.keepalive: 1], has: [.keepalive: 1]),
      ProgramRow("node", .outbound(7002), told: [.keepalive: 1, .keepIdle: 60]),
      ProgramRow("node", .outbound(7003), told: [.keepalive: 1, .keepIdle: 1]),
    ])
  }

  private static let java = """
    import java.net.*;
    import java.nio.file.*;
    import java.util.*;
    import jdk.net.ExtendedSocketOptions;

    public class Hold {
      // What nobody refers to any more would be closed.
      static final List<Object> held = new ArrayList<>();

      static Socket connect(int port) throws Exception {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        ServerSocket listener = new ServerSocket(port, 9, address);
        Socket client = new Socket(address, port);
        held.addAll(List.of(listener, client, listener.accept()));
        return client;
      }

      public static void main(String[] arguments) throws Exception {
        connect(7100);
        connect(7101).setKeepAlive(true);
        Socket kept = connect(7102);
        kept.setKeepAlive(true);
        kept.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
        kept.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
        kept.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        Files.createFile(Path.of("held"));
        Thread.sleep(120_000);
      }
    }
    """

  @Test(
    .enabled("java and its compiler are needed") {
      Machine.program("java") != nil && Machine.program("javac") != nil
    })
  func `java: sockets have what they are told, and nothing by themselves`() throws {
    let scene = try ProgramScene(
      """
      java -XX:-UsePerfData -XX:TieredStopAtLevel=1 -XX:+UseSerialGC Hold.java 2>java.log &
      await '[ -e held ]'
      """, ["Hold.java": Self.java])
    try scene.expect([
      ProgramRow("java", .outbound(7100)),
      ProgramRow("java", .outbound(7101), told: [.keepalive: 1]),
      ProgramRow(
        "java", .outbound(7102),
        told: [.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 3]),
    ])
  }
}

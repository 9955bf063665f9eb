import Foundation
import TCPModel
import Testing

/// Drivers and clients, as a part of other programs or as one of their own.
extension EmittedProgramTests {
  private static let python = """
    import importlib, socket, sys, threading, time

    listener = socket.create_server(("127.0.0.1", 7401))
    address, port = listener.getsockname()
    kind = sys.argv[1]
    emitted = None if kind == "pymongo" else importlib.import_module("peers_" + kind).POOL
    if kind == "redis":
        import redis
        client = redis.connection.Connection(host=address, port=port, **emitted)
        held = client._connect()
    elif kind == "pika":
        import pika
        parameters = pika.ConnectionParameters(address, port, **emitted)
        held = socket.socket()
        pika.tcp_socket_opts.set_sock_opts(parameters.tcp_options, held)
        held.connect((address, port))
    elif kind == "grpc":
        import grpc
        held = grpc.insecure_channel("127.0.0.1:7401", options=emitted)
        held.subscribe(lambda state: None, try_to_connect=True)
    elif kind == "clickhouse":
        from clickhouse_driver.connection import Connection
        held = Connection(address, port, **emitted)
        threading.Thread(target=held.connect, daemon=True).start()
    elif kind == "pymongo":
        import pymongo
        [line] = [line for line in open("peers_pymongo.py") if line.startswith("mongodb:")]
        held = pymongo.MongoClient(line.strip().replace("//db/", f"//{address}:{port}/"))
    other = listener.accept()
    time.sleep(1)
    open("held", "w").close()
    time.sleep(120)
    """

  /// Modules, targets, and what their sockets have.
  private static let clients: [(module: String, target: String, options: [SocketOption: Int])] = [
    // It waits 5 s for an answer by itself, so that nothing bounds data besides.
    (
      "redis", "redis-py",
      [.keepalive: 1, .keepIdle: 90, .keepInterval: 10, .keepCount: 8]
    ),
    ("pika", "pika", pool),
    // It has pings of its own, and sets what they make of it.
    ("grpc", "grpc", [.userTimeout: 85_000]),
    (
      "clickhouse", "clickhouse",
      [.keepalive: 1, .keepIdle: 90, .keepInterval: 10, .keepCount: 8]
    ),
    // It lowers the host's numbers to its own, whatever it is told; its count is the host's.
    ("pymongo", "mongodb", [.keepalive: 1, .keepIdle: 120, .keepInterval: 10]),
  ]
  private static let modules = ["redis", "pika", "grpc", "clickhouse_driver", "pymongo"]

  @Test(
    .enabled("the clients of PyPI are needed") { modules.allSatisfy(EmittedTargets.hasModule) },
    arguments: clients)
  func `emitted: clients in Python`(
    module: String, target: String, options: [SocketOption: Int]
  ) throws {
    let scene = try scene(
      """
      emit \(target) peers_\(module).py
      '\(EmittedTargets.python)' hold.py \(module) 2>python.log &
      await '[ -e held ]'
      """, ["hold.py": Self.python])
    expect(scene, "python3", .outbound(7401), options)
  }

  private static let java = """
    import java.io.File;
    import java.io.FileReader;
    import java.sql.DriverManager;
    import java.util.Properties;

    public class Hold {
        public static void main(String[] words) throws Exception {
            Properties emitted = new Properties();
            try (FileReader reader = new FileReader(words[0])) {
                emitted.load(reader);
            }
            String url = emitted.getProperty("pool").replace("//db/app", "//127.0.0.1:" + words[1]);
            try (var held = DriverManager.getConnection(url, words[2], "")) {
                held.createStatement().executeQuery("SELECT 1");
                new File("held").createNewFile();
                Thread.sleep(120_000);
            }
        }
    }
    """

  private static func jar(_ name: String) -> String { "/usr/share/java/\(name).jar" }
  private static func canRun(_ driver: String) -> Bool {
    EmittedTargets.has("javac") && EmittedTargets.hasFile(jar(driver)) && Machine.canBeNobody
  }

  private static let hold = """
    javac Hold.java
    await 'bash -c "exec 3<>/dev/tcp/127.0.0.1/$PORT" 2>/dev/null'
    java -cp .:"$JAR" Hold emitted "$PORT/$DATABASE" "$USER" >java.log 2>&1 &
    await '[ -e held ]'
    """

  @Test(
    .enabled("pgjdbc, a JDK and postgres are needed, and root, to become nobody") {
      canRun("postgresql") && StoreProgramTests.postgres != nil
    })
  func `emitted: PostgreSQL's JDBC driver`() throws {
    let programs = try #require(StoreProgramTests.postgres)
    let scene = try scene(
      """
      emit pgjdbc emitted
      $nobody \(programs)/initdb -D kept -U a -A trust --no-sync --no-locale >initdb.log 2>&1
      $nobody \(programs)/postgres -D kept -p 5433 -h 127.0.0.1 -k '' -F >server.log 2>&1 &
      PORT=5433 DATABASE=postgres USER=a JAR=\(Self.jar("postgresql"))
      \(Self.hold)
      """, ["Hold.java": Self.java])
    // The times are the host's.
    expect(scene, "java", .outbound(5433), [.keepalive: 1])
  }

  @Test(
    .enabled("MariaDB's driver, a JDK and mariadbd are needed, and root, to become nobody") {
      canRun("mariadb-java-client") && Machine.program("mariadbd") != nil
    })
  func `emitted: MariaDB's JDBC driver`() throws {
    let scene = try scene(
      """
      emit mariadb-connector-j emitted
      grep -q 'Connector/J 2.7 ignores' emitted
      $nobody mariadb-install-db --no-defaults --datadir="$PWD/data" \
        --auth-root-authentication-method=normal >install.log 2>&1
      $nobody mariadbd --no-defaults --datadir="$PWD/data" --port 3308 --bind-address=127.0.0.1 \
        --skip-grant-tables --socket=s --pid-file=p 2>server.log &
      PORT=3308 DATABASE=mysql USER=root JAR=\(Self.jar("mariadb-java-client"))
      \(Self.hold)
      """, ["Hold.java": Self.java])
    // Debian's is 2.7, which takes the times and does nothing with them, as the text says.
    expect(scene, "java", .outbound(3308), [.keepalive: 1])
  }

  @Test(
    .enabled("kcat and python3 are needed") {
      EmittedTargets.has("kcat") && Machine.program("python3") != nil
    })
  func `emitted: librdkafka`() throws {
    let scene = try scene(
      """
      emit librdkafka emitted
      python3 -c '
      import socket, time
      listener = socket.create_server(("127.0.0.1", 7402))
      open("listening", "w").close()
      held = listener.accept()
      open("held", "w").close()
      time.sleep(120)' &
      await '[ -e listening ]'
      kcat -F emitted -b 127.0.0.1:7402 -L -m 60 >kcat.log 2>&1 &
      await '[ -e held ]'
      """)
    expect(scene, "kcat", .outbound(7402), [.keepalive: 1])
  }

  @Test(
    .enabled("ssh and sshd are needed, and root") {
      Machine.program("sshd") != nil && Machine.program("ssh") != nil && geteuid() == 0
    })
  func `emitted: OpenSSH`() throws {
    let scene = try scene(
      """
      emit ssh ssh.conf
      emit sshd sshd.conf
      mount -t tmpfs none /run
      mkdir -m 755 /run/sshd
      for file in ~root/.bashrc ~root/.zshenv; do
        [ ! -e "$file" ] || mount --bind /dev/null "$file"
      done
      for name in host user; do ssh-keygen -q -t ed25519 -N '' -f "$name"; done
      sed 's/^/[127.0.0.1]:2222 /' host.pub >known
      ssh -G -F ssh.conf host >client
      server="$(command -v sshd) -f sshd.conf -h $PWD/host -p 2222 -o ListenAddress=127.0.0.1"
      server="$server -o AuthorizedKeysFile=$PWD/user.pub -o StrictModes=no -o PidFile=none"
      $server -T >server
      grep -qx 'tcpkeepalive yes' client && grep -qx 'connecttimeout 10' client
      grep -qx 'tcpkeepalive yes' server
      $server -o UsePAM=no -D -e 2>sshd.log &
      await 'grep -q listening sshd.log'
      ssh -F ssh.conf -i user -p 2222 -o UserKnownHostsFile="$PWD/known" -o BatchMode=yes \
        root@127.0.0.1 "touch '$PWD/held'; sleep 120" 2>ssh.log &
      await '[ -e held ]'
      """)
    // The times are the host's.
    expect(scene, "ssh", .outbound(2222), [.keepalive: 1])
    expect(scene, "sshd", .inbound(2222), [.keepalive: 1])
  }
}

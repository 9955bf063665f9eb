import Advisor
import TCPModel

/// Java 11 and later, by its channels alone: there is no user timeout.
struct JavaSource: LanguageSource {
  let name = "java"
  let summary = "A class for Java: options, connect with a deadline, heartbeat."
  let program: String? = "java"
  let omission: String? = "TCP_USER_TIMEOUT and TCP_SYNCNT, which Java does not set"
  let provedWith: String? = "javac"

  func fileName(for plan: String) -> String { "\(plan).java/Connections.java" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.imports + Self.methods + groups.map(entry).joined() + "    }\n}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "        "))\
            GROUPS.put(\(group.group.name.codeQuoted), new Connections(\
    \(group.deadline ?? 0), \(group.heartbeat ?? 0))\(options(group.before)));

    """
  }

  private func options(_ options: [CodeGroup.Option]) -> String {
    options.map { option in
      let name = Self.names[option.option] ?? option.option.name
      let value = option.option == .keepalive ? "\(option.value != 0)" : "\(option.value)"
      return "\n            .with(\(name), \(value))"
    }.joined()
  }

  private static let names: [SocketOption: String] = [
    .keepalive: "StandardSocketOptions.SO_KEEPALIVE",
    .keepIdle: "ExtendedSocketOptions.TCP_KEEPIDLE",
    .keepInterval: "ExtendedSocketOptions.TCP_KEEPINTERVAL",
    .keepCount: "ExtendedSocketOptions.TCP_KEEPCOUNT",
  ]

  private static let imports = """
    import java.io.IOException;
    import java.net.InetSocketAddress;
    import java.net.SocketOption;
    import java.net.SocketTimeoutException;
    import java.net.StandardSocketOptions;
    import java.nio.ByteBuffer;
    import java.nio.channels.NetworkChannel;
    import java.nio.channels.SelectionKey;
    import java.nio.channels.Selector;
    import java.nio.channels.SocketChannel;
    import java.util.HashMap;
    import java.util.LinkedHashMap;
    import java.util.Map;
    import jdk.net.ExtendedSocketOptions;


    """

  private static let methods = """
    /** What the sockets of a group get; times are in milliseconds, and 0 is no limit. */
    public final class Connections {
        /** Sends something small. */
        public interface Beat {
            void send(SocketChannel channel) throws IOException;
        }

        /** The groups by their names. */
        public static final Map<String, Connections> GROUPS = new HashMap<>();

        private final Map<SocketOption<?>, Object> options = new LinkedHashMap<>();
        private final long deadline;
        private final long heartbeat;

        private Connections(long deadline, long heartbeat) {
            this.deadline = deadline;
            this.heartbeat = heartbeat;
        }

        private <T> Connections with(SocketOption<T> option, T value) {
            options.put(option, value);
            return this;
        }

        /** Connects to one address; the channel does not block. */
        public SocketChannel connect(InetSocketAddress address) throws IOException {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.configureBlocking(false);
                prepare(channel);
                if (!channel.connect(address)) {
                    if (!await(channel, SelectionKey.OP_CONNECT, deadline)) {
                        throw new SocketTimeoutException("no answer within " + deadline + " ms");
                    }
                    // Asks SO_ERROR: to be ready alone means decided.
                    channel.finishConnect();
                }
                return channel;
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }

        /** Sets the options, of a listener as well: what it accepts inherits them. */
        @SuppressWarnings("unchecked")
        public void prepare(NetworkChannel channel) throws IOException {
            for (Map.Entry<SocketOption<?>, Object> entry : options.entrySet()) {
                channel.setOption((SocketOption<Object>) entry.getKey(), entry.getValue());
            }
        }

        /** Waits for data; after each silence a beat is sent. */
        public int read(SocketChannel channel, ByteBuffer data, Beat beat) throws IOException {
            while (!await(channel, SelectionKey.OP_READ, heartbeat)) {
                beat.send(channel);
            }
            return channel.read(data);
        }

        private static boolean await(SocketChannel channel, int event, long limit) throws IOException {
            long end = System.nanoTime() + limit * 1_000_000;
            try (Selector selector = Selector.open()) {
                channel.register(selector, event);
                while (true) {
                    long left = limit == 0 ? 0 : (end - System.nanoTime() + 999_999) / 1_000_000;
                    if (limit != 0 && left <= 0) {
                        return false;
                    }
                    if (selector.select(left) > 0) {
                        return true;
                    }
                }
            }
        }

        static {

    """
}

// Connects as the emitted class says: Use GROUP PORT.
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

public final class Use {
    public static void main(String[] words) throws Exception {
        Connections group = Connections.GROUPS.get(words[0]);
        try (var channel = group.connect(
                new InetSocketAddress("127.0.0.1", Integer.parseInt(words[1])))) {
            System.out.println("connected");
            int count = group.read(channel, ByteBuffer.allocate(16),
                    socket -> socket.write(ByteBuffer.wrap("beat".getBytes())));
            System.out.println("read " + count);
        } catch (ConnectException refused) {
            System.out.println("ECONNREFUSED");
        } catch (SocketTimeoutException late) {
            System.out.println("ETIMEDOUT");
        }
    }
}

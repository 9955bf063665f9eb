import Advisor
import TCPModel

/// C# for .NET 5 and later.
struct DotNetSource: LanguageSource {
  let name = "dotnet"
  let summary = "A class for .NET: options, connect with a deadline, heartbeat."

  func fileName(for plan: String) -> String { "\(plan).cs" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + groups.map(entry).joined() + "    };\n}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "        "))\
            [\(group.group.name.codeQuoted)] = new Connections(
                new (int, int, int)[] {
    \(list(group.before))            },
                new (int, int, int)[] {
    \(list(group.after))            },
                \(group.deadline ?? 0), \(group.heartbeat ?? 0)),

    """
  }

  private func list(_ options: [CodeGroup.Option]) -> String {
    rows(options, indent: "                ") { option in
      let info = option.option.info
      return "(\(info.level.number), \(info.number), \(option.value)), // \(option.note)"
    }
  }

  private static let code = """
    using System;
    using System.Collections.Generic;
    using System.Net;
    using System.Net.Sockets;
    using System.Threading;
    using System.Threading.Tasks;

    /// <summary>
    /// What the sockets of a group get; times are in milliseconds, and 0 is no limit. Options are named by the
    /// numbers of Linux, of which .NET names but some.
    /// </summary>
    public sealed class Connections
    {
        private readonly (int Level, int Name, int Value)[] before, after;
        private readonly int deadline, heartbeat;

        private Connections(
            (int, int, int)[] before, (int, int, int)[] after, int deadline, int heartbeat)
        {
            (this.before, this.after) = (before, after);
            (this.deadline, this.heartbeat) = (deadline, heartbeat);
        }

        /// <summary>Connects to one address.</summary>
        public async Task<Socket> ConnectAsync(IPEndPoint address)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var limit = new CancellationTokenSource(deadline == 0 ? Timeout.Infinite : deadline);
            try
            {
                Set(socket, before);
                await socket.ConnectAsync(address, limit.Token);
                Set(socket, after);
                return socket;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        /// <summary>Prepares a listener; what it accepts inherits the options.</summary>
        public void Prepare(Socket listener) => Set(listener, before);

        /// <summary>Reads; after each silence beat is to send something small.</summary>
        public async Task<int> ReadAsync(Socket socket, Memory<byte> data, Func<Task> beat)
        {
            var read = socket.ReceiveAsync(data, SocketFlags.None).AsTask();
            while (heartbeat != 0 && await Task.WhenAny(read, Task.Delay(heartbeat)) != read)
            {
                await beat();
            }
            return await read;
        }

        private static void Set(Socket socket, (int Level, int Name, int Value)[] options)
        {
            foreach (var (level, name, value) in options)
            {
                socket.SetRawSocketOption(level, name, BitConverter.GetBytes(value));
            }
        }

        /// <summary>The groups by their names.</summary>
        public static readonly IReadOnlyDictionary<string, Connections> Groups =
            new Dictionary<string, Connections>
        {

    """
}

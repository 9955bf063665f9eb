import Advisor
import TCPModel

/// Python, by its own socket module.
struct PythonSource: LanguageSource {
  let name = "python"
  let summary = "A module for Python: options, connect with a deadline, heartbeat."
  let commentPrefix = "# "
  let provedWith: String? = "python3"

  func fileName(for plan: String) -> String { "tcpadvisor_\(plan.identifier).py" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + "\nCONNECTIONS = {\n" + groups.map(entry).joined() + "}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "    "))    \(group.group.name.codeQuoted): Connections(
    \(list("before", group.before))\(list("after", group.after))\
            deadline=\(group.deadline?.secondsText ?? "None"),
            heartbeat=\(group.heartbeat?.secondsText ?? "None"),
        ),

    """
  }

  private func list(_ name: String, _ options: [CodeGroup.Option]) -> String {
    let rows = rows(options, indent: "            ") { option in
      let info = option.option.info
      let number = info.level == .socket ? "socket.\(info.name)" : "\(info.number)"
      return "(socket.\(info.level.rawValue), \(number), \(option.value)),  # \(option.note)"
    }
    return "        \(name)=[\(rows.isEmpty ? "" : "\n\(rows)        ")],\n"
  }

  private static let code = #"""
    import errno
    import os
    import select
    import socket


    class Connections:
        """What the sockets of a group get; times are in seconds, None is no limit."""

        def __init__(self, before, after, deadline, heartbeat):
            self.before, self.after = before, after
            self.deadline, self.heartbeat = deadline, heartbeat

        def connect(self, address, family=socket.AF_INET):
            """Returns a socket connected to one address, which does not block."""
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.setblocking(False)
                self._set(connection, self.before)
                error = connection.connect_ex(address)
                # A signal does not end a connect: it goes on in the background.
                if error in (errno.EINPROGRESS, errno.EINTR):
                    error = self._outcome(connection)
                if error:
                    raise OSError(error, os.strerror(error))
                self._set(connection, self.after)
                return connection
            except BaseException:
                connection.close()
                raise

        def listen(self, listener):
            """Prepares a listening socket; what it accepts inherits the options."""
            self._set(listener, self.before)

        def receive(self, connection, size, beat):
            """Waits for data; after each silence beat(connection) is to send something small."""
            poll = select.poll()
            poll.register(connection, select.POLLIN)
            while not poll.poll(self._milliseconds(self.heartbeat)):
                beat(connection)
            return connection.recv(size)

        def _outcome(self, connection):
            # Writable alone means decided; SO_ERROR says how.
            poll = select.poll()
            poll.register(connection, select.POLLOUT)
            if not poll.poll(self._milliseconds(self.deadline)):
                return errno.ETIMEDOUT
            return connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)

        @staticmethod
        def _milliseconds(seconds):
            return None if seconds is None else round(seconds * 1000)

        @staticmethod
        def _set(connection, options):
            for level, name, value in options:
                connection.setsockopt(level, name, value)

    """#
}

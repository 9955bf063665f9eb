import Advisor
import TCPModel

/// Go, by its net package alone.
struct GoSource: LanguageSource {
  let name = "go"
  let summary = "A package for Go: options, dial with a deadline, heartbeat."
  let provedWith: String? = "go build"

  func fileName(for plan: String) -> String { "\(plan).go/connections.go" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + groups.map(entry).joined() + "}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "\t"))\t\(group.group.name.codeQuoted): {
    \(list("Before", group.before))\(list("After", group.after))\
    \t\tDeadline: \(group.deadline ?? 0) * time.Millisecond,
    \t\tHeartbeat: \(group.heartbeat ?? 0) * time.Millisecond,
    \t},

    """
  }

  private func list(_ name: String, _ options: [CodeGroup.Option]) -> String {
    let rows = rows(options, indent: "\t\t\t") { option in
      let info = option.option.info
      let number = info.level == .socket ? "syscall.\(info.name)" : "\(info.number)"
      return "{syscall.\(info.level.rawValue), \(number), \(option.value)}, // \(option.note)"
    }
    return "\t\t\(name): []Option{" + (rows.isEmpty ? "},\n" : "\n\(rows)\t\t},\n")
  }

  private static let code = """
    package connections

    import (
    \t"context"
    \t"errors"
    \t"net"
    \t"os"
    \t"syscall"
    \t"time"
    )

    // Option is what setsockopt takes.
    type Option struct{ Level, Name, Value int }

    // Connections is what the sockets of a group get; a time of 0 is no limit.
    type Connections struct {
    \tBefore, After       []Option
    \tDeadline, Heartbeat time.Duration
    }

    // Dial connects to one address. The runtime does not block, waits until the socket is writable, and asks
    // SO_ERROR.
    func (c Connections) Dial(ctx context.Context, address string) (*net.TCPConn, error) {
    \t// A negative KeepAlive keeps Go from setting its own 15 s, 15 s and 9 probes.
    \tdialer := net.Dialer{Timeout: c.Deadline, KeepAlive: -1, Control: c.prepare}
    \tconn, err := dialer.DialContext(ctx, "tcp", address)
    \tif err != nil {
    \t\treturn nil, err
    \t}
    \ttcp := conn.(*net.TCPConn)
    \traw, err := tcp.SyscallConn()
    \tif err == nil {
    \t\terr = set(raw, c.After)
    \t}
    \tif err != nil {
    \t\ttcp.Close()
    \t\treturn nil, err
    \t}
    \treturn tcp, nil
    }

    // Listen returns a listener; what it accepts inherits the options.
    func (c Connections) Listen(ctx context.Context, address string) (net.Listener, error) {
    \tconfig := net.ListenConfig{KeepAlive: -1, Control: c.prepare}
    \treturn config.Listen(ctx, "tcp", address)
    }

    // Read waits for data; after each silence beat is to write something small.
    func (c Connections) Read(conn net.Conn, data []byte, beat func() error) (int, error) {
    \tfor c.Heartbeat > 0 {
    \t\tif err := conn.SetReadDeadline(time.Now().Add(c.Heartbeat)); err != nil {
    \t\t\treturn 0, err
    \t\t}
    \t\tcount, err := conn.Read(data)
    \t\t// The kernel's ETIMEDOUT is a timeout as well, and the end of the connection.
    \t\tif !errors.Is(err, os.ErrDeadlineExceeded) {
    \t\t\treturn count, err
    \t\t}
    \t\tif err := beat(); err != nil {
    \t\t\treturn 0, err
    \t\t}
    \t}
    \treturn conn.Read(data)
    }

    func (c Connections) prepare(_, _ string, raw syscall.RawConn) error {
    \treturn set(raw, c.Before)
    }

    func set(raw syscall.RawConn, options []Option) error {
    \tvar failed error
    \terr := raw.Control(func(fd uintptr) {
    \t\tfor _, option := range options {
    \t\t\tfailed = syscall.SetsockoptInt(int(fd), option.Level, option.Name, option.Value)
    \t\t\tif failed != nil {
    \t\t\t\treturn
    \t\t\t}
    \t\t}
    \t})
    \treturn errors.Join(err, failed)
    }

    // Groups are found by their names.
    var Groups = map[string]Connections{

    """
}

import Linux
import NetAddress
import TCPModel

/// One fact under way: its sockets, and the steps done so far with what came of them.
///
///     new                        from now on another socket
///     connect TARGET             a call that does not block: 0 or an errno
///     blocking connect TARGET    one that waits, for half a second at most
///     interrupted connect TARGET one that a signal cuts short after 20 ms
///     disconnect                 connect with AF_UNSPEC: 0 or an errno
///     bind any, bind given       to a port that the kernel chooses, or to a given one
///     accept                     the peer's socket comes into being; no result
///     send, recv                 bytes, or an errno
///     epoll                      the mask of what the socket is ready for
///     SO_ERROR                   0 or an errno; reading takes it away
///     port                       first or other: against the port of the first connect
///     resets                     how many RSTs the socket has sent
///     wait, wait for the end     until it is decided how connect ends, or until the socket is dead
///     option NAME                the option that the next steps are about; no result
///     get, set VALUE             what it reads (after it was set), or an errno
///     listener set VALUE         the same of the listener, before it listens
///     peer STEP                  send, recv, epoll, get; and without a result: shutdown; silent;
///                                reset, which closes it so; vanish, as in a crash
///     icmp TYPE CODE             about the socket's last SYN; no result
///     sysctl KEY VALUE           in this sandbox, until the fact has been run; no result
///     answer, refuse             the silent listener answers, or is closed; no result
///
/// A TARGET is `open` or `silent`, the fact's own listener; `closed`, a port without one; `no-route`;
/// or the verdict of a route.
final class FactRun {
  let id: String
  let scene: FactScene
  /// The option that the steps are about.
  var option: SocketOptionInfo?
  /// What sysctls were before the fact, by their paths.
  private var changed: [(path: String, value: String)] = []
  private let files = ProcFS(root: "/proc/sys")
  private let steps: [Substring]
  private var count = 0
  /// What has been seen.
  private(set) var seen = ""

  init(_ id: String, _ steps: String) throws(SystemCallError) {
    self.id = id
    self.steps = steps.split(separator: ",")
    scene = try FactScene(
      seesPackets: self.steps.contains { $0.hasPrefix(" icmp") || $0 == " resets" })
  }

  // A fact that failed half-way has changed them as well.
  deinit { for (path, value) in changed.reversed() { _ = try? files.write(value, to: path) } }

  /// Goes on to the next wait.
  /// - Returns: what to wait for; nil if the fact is run.
  func go() throws(SystemCallError) -> EpollEvents? {
    while count < steps.count {
      let words = steps[count].split(separator: " ").map(String.init)
      let step = words.joined(separator: " ")
      seen += count == 0 ? step : ", \(step)"
      count += 1
      // An established socket is always writable: only its end is of interest.
      if step == "wait" { return .output }
      if step == "wait for the end" { return [] }
      if let result = try perform(words, step) { seen += ": \(result)" }
    }
    return nil
  }

  /// Sets it in this sandbox for as long as the fact is run.
  func setSysctl(_ key: String, to value: String) throws(SystemCallError) {
    let path = String(key.map { $0 == "." ? "/" : $0 })
    changed.append((path, try files.text(path)))
    try files.write(value, to: path)
  }

  /// The words are none of a step.
  static func noStep(_ words: String) -> SystemCallError {
    SystemCallError(call: "run", subject: "“\(words)”", code: .notSupported)
  }
}

import Linux
import TCPModel

/// One step of a socket fact; the words are as they stand in the fact.
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
///     sysctl KEY VALUE           in this sandbox, until the fact has been played; no result
///     answer, refuse             the silent listener answers, or is closed; no result
///     cost TARGET                a round with disconnect against one with close and socket
struct FactStep: Hashable {
  enum Call: Hashable {
    case new, disconnect, bind(given: Bool), accept, port, resets, wait(forEnd: Bool)
    case connect(Target), blockingConnect(Target), interruptedConnect(Target)
    case send, receive, epoll, pendingError
    case option(OptionRow), get, set(OptionRow.Value), setListener(OptionRow.Value)
    case peerSend, peerReceive, peerEpoll, peerGet, peerShutdown, peerSilent, peerReset, peerVanish
    case icmp(type: UInt8, code: UInt8), sysctl(String, String), answer, refuse, cost(Target)
  }

  /// Where a connect goes.
  enum Target: String, Hashable {
    /// The fact's own listener, which answers; the same one, but silent; a port without one.
    case open, silent, closed
    /// Addresses that no route leads to, or one with a verdict.
    case noRoute = "no-route"
    case unreachable, prohibit, blackhole, `throw`
  }

  let text: String
  let call: Call

  init?(_ text: String) {
    self.text = text
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let call: Call?
    switch words.count {
    case 1: call = Self.calls[text]
    case 2: call = Self.calls[text] ?? Self.call(words[0], on: words[1])
    default: call = Self.calls[text] ?? Self.call(words)
    }
    guard let call else { return nil }
    self.call = call
  }

  /// The steps that are always written the same.
  private static let calls: [String: Call] = [
    "new": .new, "disconnect": .disconnect, "bind any": .bind(given: false),
    "bind given": .bind(given: true), "accept": .accept, "port": .port, "resets": .resets,
    "wait": .wait(forEnd: false), "wait for the end": .wait(forEnd: true), "send": .send,
    "recv": .receive, "epoll": .epoll, "SO_ERROR": .pendingError, "get": .get,
    "peer send": .peerSend, "peer recv": .peerReceive, "peer epoll": .peerEpoll,
    "peer get": .peerGet, "peer shutdown": .peerShutdown, "peer silent": .peerSilent,
    "peer reset": .peerReset,
    "peer vanish": .peerVanish, "answer": .answer, "refuse": .refuse,
  ]

  private static func call(_ verb: String, on object: String) -> Call? {
    switch verb {
    case "connect": Target(rawValue: object).map(Call.connect)
    case "cost": Target(rawValue: object).map(Call.cost)
    case "option": OptionRow.all.first { $0.name == object }.map(Call.option)
    case "set": OptionRow.Value(object).map(Call.set)
    default: nil
    }
  }

  private static func call(_ words: [String]) -> Call? {
    switch (words[0], words[1]) {
    case ("blocking", "connect"): Target(rawValue: words[2]).map(Call.blockingConnect)
    case ("interrupted", "connect"): Target(rawValue: words[2]).map(Call.interruptedConnect)
    case ("listener", "set"): OptionRow.Value(words[2]).map(Call.setListener)
    case ("sysctl", let key): .sysctl(key, words.dropFirst(2).joined(separator: " "))
    case ("icmp", let type):
      if let type = UInt8(type), let code = UInt8(words[2]) {
        .icmp(type: type, code: code)
      } else {
        nil
      }
    default: nil
    }
  }
}

/// A socket fact as it crosses the pipe.
struct LiveFact: Hashable {
  let id: String
  let steps: [FactStep]

  /// - Returns: nil when a step is none.
  init?(id: String, steps text: String) {
    let parts = SocketFact.parts(of: text)
    let steps = parts.compactMap { $0.result == nil ? FactStep($0.step) : nil }
    guard !steps.isEmpty, steps.count == parts.count else { return nil }
    (self.id, self.steps) = (id, steps)
  }

  var line: String { "\(id) " + steps.map(\.text).joined(separator: ", ") }
}

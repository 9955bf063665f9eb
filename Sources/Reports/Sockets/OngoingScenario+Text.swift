import Advisor
import NetAddress
import Observations
import TCPModel

extension OngoingScenario {
  /// What the socket waits for, since when, and what will come of it.
  var text: String { "\(what)\(since); \(end)" }

  private var what: String {
    switch scenario {
    case .connect: "connects to a silent host"
    case .neighbour: "connects to an address on the local link where nobody answers"
    case .movedAddress: "sends to the old owner of an address"
    case .accept: "the client's ACK has not come"
    case .idle: "keepalive probes go unanswered"
    case .send: "data is not acknowledged"
    case .zeroWindow: "the peer's window is closed"
    case .close: "closed, and what was sent last is not acknowledged"
    case .finWait: "closed, and the peer does not close"
    case .timeWait: "waits for late segments"
    }
  }

  private var since: String {
    var parts: [String] = []
    if let since = progress?.since { parts.append("for \(since.text)") }
    if unanswered > 0 { parts.append(countText) }
    if let silence { parts.append("the peer was heard \(silence.text) ago") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private var countText: String {
    let what: String =
      switch scenario {
      case .idle, .zeroWindow, .neighbour: "probe"
      case .connect, .movedAddress, .accept, .send, .close, .finWait, .timeWait: "retransmission"
      }
    return unanswered.counted(what)
  }

  private var end: String {
    guard let remaining = progress?.remaining else {
      return "when it ends is unknown, because by the settings of now it should have ended"
    }
    switch remaining.ends {
    case .never: return "nothing ends it\(scenario == .zeroWindow ? ": the peer answers" : "")"
    case .unknown(let reason): return "when it ends is unknown, because \(reason)"
    case .always, .maybeNever: return "ends in \(remaining.text)\(errnoText)\(reasonText)"
    }
  }

  private var errnoText: String { timeline.errno.map { " with \($0)" } ?? "" }

  private var reasonText: String {
    var seen: Set<String> = []
    let settings = timeline.decisiveLimits.compactMap { $0.settings.first?.text }
      .filter { seen.insert($0).inserted }
    let assumption = isAssumed ? "if the program sets no option" : nil
    let parts = [settings.isEmpty ? nil : settings.joined(separator: " or "), assumption]
      .compactMap { $0 }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }
}

extension JudgedSocket {
  /// `psql[4242] 10.0.0.1:41000 → 10.0.0.5:5432`
  var title: String {
    let owner = socket.owner.map { "\(program ?? "process")[\($0.process)]" }
    let table = socket.table
    let name = owner ?? (table.inode == 0 ? "no process" : "unknown process")
    return "\(name) \(table.local) → \(table.remote)"
  }
}

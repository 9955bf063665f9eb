import Foundation
import NetAddress
import Observations
import Probes

/// A socket in SYN-SENT.
struct ConnectingSocket {
  let remotePort: UInt16
  let retransmissions: Int

  /// Those of this network namespace: asked of the kernel's table by their state, because others may
  /// have a hundred thousand there, which /proc/net/tcp takes seconds to print.
  static func all() -> [ConnectingSocket] {
    guard var diag = try? InetDiag() else { return all(seenBy: "self") }
    var sockets: [ConnectingSocket] = []
    try? diag.dump(.v4, in: [.synSent]) {
      sockets.append(
        ConnectingSocket(remotePort: $0.remote.port, retransmissions: $0.retransmissions))
    }
    return sockets
  }

  /// Those of the network namespace that a process is in.
  static func all(seenBy process: String) -> [ConnectingSocket] {
    guard let table = FileManager.default.contents(atPath: "/proc/\(process)/net/tcp") else {
      return []
    }
    // Tens of thousands of lines where others have just probed: only those that count are split.
    var sockets: [ConnectingSocket] = []
    var rest = table.startIndex..<table.endIndex
    while let state = table.range(of: Data(" 02 ".utf8), in: rest) {
      let begin = table[..<state.lowerBound].lastIndex(of: 0x0a).map { $0 + 1 } ?? table.startIndex
      let end = table[state.upperBound...].firstIndex(of: 0x0a) ?? table.endIndex
      sockets += [String(decoding: table[begin..<end], as: UTF8.self)].compactMap(Self.init)
      rest = end..<table.endIndex
    }
    return sockets
  }

  private init(remotePort: UInt16, retransmissions: Int) {
    (self.remotePort, self.retransmissions) = (remotePort, retransmissions)
  }

  /// Reads a line; nil if it is not in SYN-SENT.
  private init?(_ line: String) {
    // Number, local and remote address, state, queues, timer, retransmissions.
    let words = line.split(separator: " ")
    guard words.count > 6, words[3] == "02", let count = Int(words[6], radix: 16),
      let port = UInt16(words[2].suffix(4), radix: 16)
    else { return nil }
    (remotePort, retransmissions) = (port, count)
  }
}

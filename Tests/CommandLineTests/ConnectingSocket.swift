import Foundation

/// A socket in SYN-SENT, as /proc/net/tcp shows it.
struct ConnectingSocket {
  let remotePort: UInt16
  let retransmissions: Int

  /// Those of the network namespace that a process is in.
  static func all(seenBy process: String = "self") -> [ConnectingSocket] {
    let table = try? String(contentsOfFile: "/proc/\(process)/net/tcp", encoding: .utf8)
    return (table ?? "").split(separator: "\n").compactMap { line in
      // Number, local and remote address, state, queues, timer, retransmissions.
      let words = line.split(separator: " ")
      guard words.count > 6, words[3] == "02", let count = Int(words[6], radix: 16),
        let port = UInt16(words[2].suffix(4), radix: 16)
      else { return nil }
      return ConnectingSocket(remotePort: port, retransmissions: count)
    }
  }
}

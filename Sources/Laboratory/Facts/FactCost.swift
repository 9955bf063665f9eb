import Linux
import NetAddress

/// What connect with AF_UNSPEC saves against close and socket.
enum FactCost {
  private static let batches = 30, rounds = 100

  /// The time of a round that keeps the socket, divided by that of one that makes a new one.
  ///
  /// Both are played in turns, and the fastest batch of each counts: what else the machine does only
  /// ever makes one slower.
  static func ratio(to target: Endpoint) throws(SystemCallError) -> String {
    var (kept, made) = (Duration.seconds(3600), Duration.seconds(3600))
    let socket = try Descriptor.streamSocket(.v4)
    for _ in 0..<batches {
      let start = KernelClock.monotonic.now
      for _ in 0..<rounds {
        _ = socket.startConnecting(to: target)
        _ = socket.tryDisconnect()
      }
      let middle = KernelClock.monotonic.now
      for _ in 0..<rounds { _ = try Descriptor.streamSocket(.v4).startConnecting(to: target) }
      kept = min(kept, middle - start)
      made = min(made, KernelClock.monotonic.now - middle)
    }
    let percent = kept.saturatingNanoseconds * 100 / max(1, made.saturatingNanoseconds)
    let digits = "\(percent % 100)"
    return "\(percent / 100)." + (digits.count < 2 ? "0" : "") + digits
  }
}

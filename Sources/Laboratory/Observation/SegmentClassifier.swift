import TCPModel

/// Tells the client's segments of one case apart: which are events of the scenario, and of what kind.
///
/// The kinds and their order are those of the model's timelines.
struct SegmentClassifier {
  private let scenario: Scenario
  private let sendsLossProbes: Bool
  /// The sequence number of the SYN.
  private var initial: UInt32?
  /// One past the last byte of data seen, or the FIN.
  private var highest: UInt32?
  private var hasRepeated = false

  init(_ scenario: Scenario, sendsLossProbes: Bool) {
    (self.scenario, self.sendsLossProbes) = (scenario, sendsLossProbes)
  }

  /// The kind of event a segment is; nil when it is none.
  mutating func kind(of segment: Segment) -> Timeline.EventKind? {
    if segment.isRST { return nil }
    if scenario == .accept { return segment.isSYN && segment.isACK ? .synAck : nil }
    if segment.isSYN {
      let isFirst = initial == nil
      initial = segment.sequence
      guard scenario == .connect else { return nil }
      return isFirst ? .syn : .retransmission
    }
    switch scenario {
    // A probe repeats the last byte that was acknowledged (`tcp_xmit_probe_skb`); here, the SYN.
    case .idle: return segment.length == 0 && segment.sequence == initial ? .keepaliveProbe : nil
    case .send: return segment.length > 0 ? kind(ofData: segment) : nil
    case .close: return segment.sequenceLength > 0 ? kind(ofData: segment) : nil
    case .zeroWindow: return isWindowProbe(segment) ? .windowProbe : nil
    case .connect, .neighbour, .accept, .finWait, .timeWait: return nil
    }
  }

  /// The kind of event a frame to a neighbour is.
  mutating func kind(of frame: Frame) -> Timeline.EventKind {
    if frame.kind == .question { return .neighbourProbe }
    defer { hasRepeated = true }
    return hasRepeated ? .retransmission : .syn
  }

  /// A probe is empty and repeats the last byte that was acknowledged (`tcp_xmit_probe_skb`).
  private mutating func isWindowProbe(_ segment: Segment) -> Bool {
    guard segment.length == 0 else {
      _ = kind(ofData: segment)
      return false
    }
    return highest.map { segment.sequence == $0 &- 1 } ?? false
  }

  private mutating func kind(ofData segment: Segment) -> Timeline.EventKind? {
    let end = segment.sequence &+ UInt32(truncatingIfNeeded: segment.sequenceLength)
    guard let highest, Int32(bitPattern: end &- highest) <= 0 else {
      self.highest = end
      return nil  // its first transmission
    }
    defer { hasRepeated = true }
    return sendsLossProbes && !hasRepeated ? .lossProbe : .retransmission
  }
}

import TCPModel

/// Tells the client's segments of one run apart: which are events of the scenario, and of what kind.
///
/// The kinds and their order are those of the model's timelines.
struct SegmentClassifier {
  /// What was sent so far.
  struct Seen {
    let sendsLossProbes: Bool
    /// The sequence number of the SYN.
    var initial: UInt32?
    /// One past the last byte of data seen, or the FIN.
    var highest: UInt32?
    /// Whether anything was sent again.
    var isRepeated = false
    /// How many segments were seen on a link, where no more is known of them.
    var frames = 0
  }

  var seen: Seen
  private let classify: LiveScenario.Classification
  private let classifyFrame: LiveScenario.FrameClassification

  init(_ scenario: LiveScenario, sendsLossProbes: Bool) {
    seen = Seen(sendsLossProbes: sendsLossProbes)
    (classify, classifyFrame) = (scenario.classify, scenario.classifyFrame)
  }

  /// Returns the kind of event that a frame of a client is; nil if it is none.
  mutating func kind(of frame: Frame, of client: ClientActivity?) -> Timeline.EventKind? {
    defer { if frame.kind == .segment { seen.frames += 1 } }
    return classifyFrame(frame, seen, client)
  }

  /// Returns the kind of event a segment is; nil if it is none.
  mutating func kind(of segment: Segment) -> Timeline.EventKind? {
    if segment.isRST { return nil }
    let kind = classify(segment, seen)
    seen.take(segment)
    return kind
  }
}

extension SegmentClassifier.Seen {
  /// Returns the kind of event that data or a FIN is; nil for its first transmission.
  func kind(ofData segment: Segment) -> Timeline.EventKind? {
    guard repeats(segment) else { return nil }
    return sendsLossProbes && !isRepeated ? .lossProbe : .retransmission
  }

  private func repeats(_ segment: Segment) -> Bool {
    highest.map { Int32(bitPattern: segment.end &- $0) <= 0 } ?? false
  }

  fileprivate mutating func take(_ segment: Segment) {
    if segment.isSYN {
      initial = segment.sequence
    } else if segment.sequenceLength > 0 {
      if repeats(segment) { isRepeated = true } else { highest = segment.end }
    }
  }
}

extension Segment {
  /// One past the last byte of data, or the FIN.
  fileprivate var end: UInt32 { sequence &+ UInt32(truncatingIfNeeded: sequenceLength) }
}

import Linux
import Observations
import TCPModel

/// How a scenario is run live; each is defined in a file of its own.
struct LiveScenario: Sendable {
  /// Makes the sockets, lets it begin, and returns what is then run.
  typealias Arrangement =
    @Sendable (RunRequest, TestNamespace) throws(SystemCallError) -> LiveRun
  /// Returns which event a segment of this end is, beside those seen before; nil if it is none.
  typealias Classification =
    @Sendable (Segment, SegmentClassifier.Seen) -> Timeline.EventKind?

  /// Returns which event a frame on the link is; nil if it is none.
  typealias FrameClassification =
    @Sendable (Frame, SegmentClassifier.Seen, ClientActivity?) -> Timeline.EventKind?

  /// Whether the wire alone tells of it, so that it takes a tap in any case.
  var isOnWireAlone = false
  /// Whether it takes a link on which nobody answers.
  var takesUnansweredLink = false
  /// Whether the host's own loopback will do where namespaces are refused.
  var worksOnHost = false
  /// Whether its socket becomes writable when the peer answers; an established one always is.
  var isDecidedWhenWritable = false
  /// Whether an outage that is hardest to outlive begins with the first event, not at the start.
  var outageBeginsWithEvent = false
  let arrange: Arrangement
  /// Returns what has to be seen before it begins; nil if it has begun once it is arranged.
  var trigger: @Sendable (RunRequest) -> StartTrigger? = { _ in nil }
  /// What else happens when a trigger begins it, at a time on the monotonic clock.
  var begun: @Sendable (LiveRun, Duration) throws(SystemCallError) -> Void = { _, _ in }
  var classify: Classification = { _, _ in nil }
  var classifyFrame: FrameClassification = { _, _, _ in nil }
  /// How its segments are counted where there is no tap.
  var counting = RetransmitCounter.Counting()
}

extension Scenario {
  /// The one list of how they are run live.
  var live: LiveScenario {
    switch self {
    case .connect: .connect
    case .neighbour: .neighbour
    case .movedAddress: .movedAddress
    case .accept: .accept
    case .idle: .idle
    case .send: .send
    case .zeroWindow: .zeroWindow
    case .close: .close
    case .finWait: .finWait
    case .timeWait: .timeWait
    }
  }
}

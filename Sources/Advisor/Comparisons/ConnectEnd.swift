package import TCPModel

/// How an attempt to connect that hangs ends, by the model, under some options of its program.
package struct ConnectEnd: Sendable {
  /// What decides it.
  package let play: Case
  package let timeline: Timeline
  /// From the beginning of the attempt; wider than the timeline's where more than one end is open.
  package let span: Span

  package init(_ play: Case, _ timeline: Timeline, _ span: Span) {
    (self.play, self.timeline, self.span) = (play, timeline, span)
  }
}

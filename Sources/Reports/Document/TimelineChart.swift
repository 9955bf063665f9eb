import TCPModel

/// Courses of events one below the other, on one axis of time.
package struct TimelineChart: Sendable {
  package let lanes: [Lane]
  package let scale: Scale
  /// What is drawn, where the section does not say it.
  package let caption: RichText?

  package init(_ lanes: [Lane], scale: Scale = .auto, caption: RichText? = nil) {
    (self.lanes, self.scale, self.caption) = (lanes, scale, caption)
  }

  /// The branches of timelines.
  /// - Parameter labels: what tells several timelines apart, such as their kernels.
  init(of timelines: [Timeline], labels: [String] = [], scale: Scale) {
    let lanes = timelines.enumerated().flatMap { index, timeline in
      timeline.lanes(named: index < labels.count ? labels[index] : nil)
    }
    self.init(lanes, scale: scale)
  }
}

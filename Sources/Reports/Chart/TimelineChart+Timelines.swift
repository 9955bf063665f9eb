import TCPModel

extension TimelineChart {
  /// The branches of timelines, one below the other on one axis.
  /// - Parameter labels: what tells several timelines apart, such as their kernels.
  init(of timelines: [Timeline], labels: [String] = [], scale: Scale, layout: TextLayout) {
    let lanes = timelines.enumerated().flatMap { index, timeline in
      timeline.lanes(named: index < labels.count ? labels[index] : nil)
    }
    self.init(lanes: lanes, scale: scale, layout: layout)
  }
}

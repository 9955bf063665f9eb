import NetAddress
package import TCPModel

/// How long a client waits that tries the addresses of a name one after the other until one is open.
package struct SequentialConnect: Sendable {
  /// The target as the user wrote it.
  package let target: String
  package let port: UInt16
  package let addresses: Int
  /// How long looking up the name took, before the first connect.
  package let resolution: Duration
  /// Whether one of the addresses is open.
  package let isOpen: Bool
  /// From the first connect to the first that is open, or to the end of the last one.
  package let timeToEnd: TimeToEnd
  /// False if an attempt was broken off, so that the kernel's end of it is a prediction.
  package let isMeasured: Bool

  /// - Parameter rows: at least one, of one name and port, in the order in which the name has them.
  package init(_ rows: [ProbedAddress]) {
    self.init(
      target: rows.first?.target ?? "", port: rows.first?.endpoint?.port ?? 0,
      resolution: rows.first?.resolution ?? .zero, rows.map(Step.init))
  }

  fileprivate init(target: String, port: UInt16, resolution: Duration, _ steps: [Step]) {
    let end = steps.firstIndex(where: \.isOpen)
    let tried = steps.prefix(end.map { $0 + 1 } ?? steps.count)
    (self.target, self.port, addresses) = (target, port, steps.count)
    (self.resolution, isOpen) = (resolution, end != nil)
    isMeasured = tried.allSatisfy(\.isMeasured)
    timeToEnd = tried.reduce(TimeToEnd(.zero)) { $0.followed(by: $1.timeToEnd) }
  }

  /// An address, with no more than is needed of it.
  fileprivate struct Step: Sendable {
    let number: Int
    let isOpen, isMeasured: Bool
    let timeToEnd: TimeToEnd

    init(_ row: ProbedAddress) {
      let result = row.result
      (number, isOpen) = (row.number, result.outcome.kind == .open)
      isMeasured = result.outcome != .undecided
      // As long as the kernel would have gone on.
      let unknown = TimeToEnd(ends: .unknown(because: "it was broken off"), range: nil)
      timeToEnd = isMeasured ? TimeToEnd(result.connectTime ?? .zero) : row.prediction ?? unknown
    }
  }

  /// Collects the addresses of names as they come.
  package struct Collector: Sendable {
    private struct Key: Hashable {
      let index: Int
      let port: UInt16
    }

    private struct Name {
      let target: String
      let resolution: Duration
      var steps: [Step] = []
    }

    private var names: [Key: Name] = [:]

    package init() {}

    /// Adds a row; one that is no address of a name is ignored.
    package mutating func add(_ row: ProbedAddress) {
      guard let resolution = row.resolution, let port = row.endpoint?.port else { return }
      let name = Name(target: row.target, resolution: resolution)
      names[Key(index: row.index, port: port), default: name].steps.append(Step(row))
    }

    /// The names with more than one address, in the order of the targets.
    package var turns: [SequentialConnect] {
      names.filter { $0.value.steps.count > 1 }.map { key, name in
        let steps = name.steps.sorted { $0.number < $1.number }
        let turn = SequentialConnect(
          target: name.target, port: key.port, resolution: name.resolution, steps)
        return (index: key.index, number: steps[0].number, turn: turn)
      }.sorted { ($0.index, $0.number) < ($1.index, $1.number) }.map(\.turn)
    }
  }
}

extension TimeToEnd {
  fileprivate init(_ time: Duration) {
    self.init(ends: .always, range: TimeRange(time, time))
  }
}

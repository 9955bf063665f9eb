package import Advisor

/// A format of `fleet`, which takes in one host after the other.
package protocol FleetReporter: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// Whether it is laid out for a terminal, whose colours then stand in it.
  static var isPainted: Bool { get }

  init(_ layout: TextLayout)

  mutating func add(_ row: FleetTally.Row, to sink: (String) -> Void)
  mutating func add(unreadable source: String, _ reason: String, to sink: (String) -> Void)
  func end(_ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void)
}

extension FleetReporter {
  package static var isPainted: Bool { false }

  package mutating func add(_ row: FleetTally.Row, to sink: (String) -> Void) {}
  package mutating func add(unreadable source: String, _ reason: String, to sink: (String) -> Void)
  {}
  package func end(_ fleet: Fleet, _ unreadable: UnreadableCaptures, to sink: (String) -> Void) {}
}

/// The formats of `fleet`; the first is the default.
package enum FleetReporters {
  package static let all: [any FleetReporter.Type] = [
    FleetText.self, FleetJSON.self, FleetJSONLines.self, FleetCSV.self, FleetPrometheus.self,
    FleetJUnit.self,
  ]
}

/// Captures of which nothing could be made.
package struct UnreadableCaptures: Sendable {
  private static let mostNamed = 1000

  package private(set) var count = 0
  /// Of very many only the first.
  package private(set) var named: [(source: String, reason: String)] = []

  package init() {}

  package mutating func add(_ source: String, _ reason: String) {
    count += 1
    if named.count < Self.mostNamed { named.append((source, reason)) }
  }
}

extension Fleet {
  /// 0 nothing missed, 1 something missed, 2 could not tell.
  package func exitCode(_ unreadable: UnreadableCaptures) -> Int32 {
    if count(.missed) > 0 { return 1 }
    return count(.unknown) > 0 || unreadable.count > 0 || hosts == 0 ? 2 : 0
  }
}

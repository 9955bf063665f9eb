package import Observations
import TCPModel

/// The rows of a table that is read by people: so many and no more, a few of every outcome, and what
/// is not as expected rather than what is.
package struct ProbeRows: Sendable {
  private let limit: Int
  private let expected: Set<ConnectOutcome.Kind>
  private var groups: [ConnectOutcome.Kind: [ProbedAddress]] = [:]
  private var count = 0
  /// So many of an outcome make room for nobody.
  private static let few = 8

  /// - Parameter limit: above eight for each outcome.
  package init(expecting expected: Set<ConnectOutcome.Kind>, limit: Int = 256) {
    (self.expected, self.limit) = (expected, limit)
  }

  /// Whether a row with that outcome finds room.
  package func admits(_ kind: ConnectOutcome.Kind) -> Bool {
    count < limit || longest(with: kind) != kind
  }

  package mutating func add(_ row: ProbedAddress) {
    let kind = row.result.outcome.kind
    if count == limit {
      let longest = longest(with: kind)
      if longest == kind { return }
      groups[longest]?.removeLast()
      count -= 1
    }
    groups[kind, default: []].append(row)
    count += 1
  }

  /// The outcome that has to make room for one more.
  private func longest(with kind: ConnectOutcome.Kind) -> ConnectOutcome.Kind {
    func length(_ other: ConnectOutcome.Kind) -> Int {
      (groups[other]?.count ?? 0) + (other == kind ? 1 : 0)
    }
    let long = ConnectOutcome.Kind.allCases.filter { length($0) > Self.few }
    let first = long.filter(expected.contains)
    return (first.isEmpty ? long : first).max { length($0) < length($1) } ?? kind
  }

  /// In the order in which the user has named them.
  package var rows: [ProbedAddress] {
    groups.values.joined().sorted(by: ProbedAddress.comesBefore)
  }
}

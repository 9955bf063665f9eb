package import Advisor
import TCPModel

/// What sockets should do and what they did, one line for each fact.
package struct FactTable {
  private let comparisons: [FactComparison]
  private let style: Style

  package init(_ comparisons: [FactComparison], style: Style) {
    (self.comparisons, self.style) = (comparisons, style)
  }

  package var text: String {
    // What differs comes first: it is what somebody has to look at.
    let sorted =
      comparisons.filter { $0.status == .different }
      + comparisons.filter { $0.status != .different }
    return style.table(sorted.map { [style.mark($0.status), "\($0.fact.id): \($0.text)"] }) + sum
  }

  /// For example `  150 of 152 facts are the same here`.
  private var sum: String {
    let same = comparisons.count { $0.status == .same }
    return "  \(same) of \(comparisons.count) facts are the same on this kernel\n"
  }
}

extension FactComparison {
  /// For example `connect closed: EINPROGRESS`.
  package var text: String {
    let claim = fact.claim
    switch (status, seen) {
    case (.same, let seen?):
      return seen == claim ? claim : "\(claim); seen \(seen)"
    case (.unknown(let reason), let seen?): return "\(reason); seen \(seen)"
    case (.notPlayed(let reason), _): return "\(claim); not played: \(reason)"
    case (_, let seen): return "expected \(claim); seen \(seen ?? "nothing")"
    }
  }
}

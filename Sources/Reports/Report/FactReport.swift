import NetAddress
package import Advisor
import Observations
package import TCPModel

/// What sockets should do and what they did, one line for each fact.
package struct FactReport {
  private let comparisons: [FactComparison]
  private let host: SettingsSnapshot

  package init(_ comparisons: [FactComparison], on host: SettingsSnapshot) {
    (self.comparisons, self.host) = (comparisons, host)
  }

  package var document: Document {
    if let sharedReason { return Document(.notes(["nothing was run: \(sharedReason)"])) }
    // What differs comes first: it is what somebody has to look at.
    let ordered =
      comparisons.filter { $0.status == .different }
      + comparisons.filter { $0.status != .different }
    return Document(.table(Document.Table(ordered.map(row))), .notes([sum] + host.kernelNotes))
  }

  private func row(_ comparison: FactComparison) -> [RichText] {
    ["\(comparison.status.mark)", "\(comparison.fact.id): \(comparison.text)"]
  }

  /// Why no fact could be run, if that has one reason; else nil.
  private var sharedReason: String? {
    let reasons = comparisons.map { comparison in
      if case .notRun(let reason) = comparison.status { reason } else { "" }
    }
    guard let first = reasons.first, Set(reasons).count == 1, !first.isEmpty else { return nil }
    return first
  }

  /// For example `150 of 152 facts are the same here`.
  private var sum: RichText {
    let same = comparisons.count { $0.status == .same }
    return "\(same) of \(comparisons.count) facts are the same on this kernel"
  }
}

extension FactComparison {
  /// For example `connect closed: EINPROGRESS, epoll: IN|OUT|ERR|HUP|RDHUP`.
  package var text: String { Self.namingEvents(in: plainText) }

  /// Masks of epoll by the names of their events.
  private static func namingEvents(in text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let digits = word.dropFirst(2).prefix { $0.isHexDigit }
      guard word.hasPrefix("0x"), let mask = UInt32(digits, radix: 16) else { return String(word) }
      let names = EpollEvents(rawValue: mask).names
      return (names.isEmpty ? "none" : names.joined(separator: "|"))
        + word.dropFirst(2 + digits.count)
    }.joined(separator: " ")
  }

  private var plainText: String {
    let claim = fact.claim
    switch (status, seen) {
    case (.same, _): return claim
    case (.unknown(let reason), let seen?): return "\(reason); seen \(seen)"
    case (.notRun(let reason), _): return "\(claim); not run: \(reason)"
    case (_, let seen): return "expected \(claim); seen \(seen ?? "nothing")"
    }
  }
}

import NetAddress
package import TCPModel

/// An outcome that no timer decides: for each cause the errno that the program gets, and when.
package struct OutcomeReport: Sendable {
  private let outcome: ImmediateFailure
  private let firstProbe: TimeRange?

  /// - Parameter firstProbe: when an idle connection with SO_KEEPALIVE sends its first probe.
  package init(_ outcome: ImmediateFailure, firstProbe: TimeRange?) {
    (self.outcome, self.firstProbe) = (outcome, firstProbe)
  }

  package var document: Document {
    let causes = Document.Section(
      "\(outcome.rawValue): \(outcome.summary)", level: .title, [.table(Document.Table(rows))])
    let notes = [seen] + outcome.notes
    return Document([causes] + notes.map { Document.Section([.paragraph(RichText($0))]) })
  }

  /// Errno, moment where they differ, cause.
  private var rows: [[String]] {
    let moments = Set(outcome.rows.map(\.moment))
    return outcome.rows.map { row in
      let moment = moments.count > 1 ? [text(of: row.moment)] : []
      return [row.errno ?? "no errno"] + moment + [row.cause]
    }
  }

  private func text(of moment: ImmediateFailure.Moment) -> String {
    guard moment == .atFirstProbe, let firstProbe else { return moment.rawValue }
    return "after \(firstProbe.text)"
  }

  private var seen: String {
    switch outcome {
    case .noRoute: "At once: connect() itself returns the errno, and no event follows."
    case .refused, .rejected:
      "After one round trip: a blocking connect() returns the errno; after a non-blocking one epoll"
        + " reports \(EpollEvents.failure), and SO_ERROR tells it."
    case .restarted: "epoll reports \(EpollEvents.failure)."
    }
  }
}

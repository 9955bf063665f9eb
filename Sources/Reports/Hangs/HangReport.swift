package import Advisor
package import TCPModel

/// What may have ended a wait that somebody saw, the likeliest first.
package struct HangReport: Sendable {
  let diagnosis: HangDiagnosis
  /// Those of the host in question, under each kernel that it was to be seen under.
  let snapshots: [SettingsSnapshot]

  package init(_ diagnosis: HangDiagnosis, on snapshots: [SettingsSnapshot]) {
    (self.diagnosis, self.snapshots) = (diagnosis, snapshots)
  }

  /// So many are told with what tells them apart; the others in a line each, and no more than that.
  private static let mostTold = 5
  private static let mostListed = 12

  package var document: Document {
    Document([heading, Document.Section([.notes(notes.map { RichText($0) })])] + verdict)
  }

  private var heading: Document.Section {
    let hang = diagnosis.hang
    let errno = hang.errno.map { ", and then \($0)" } ?? ""
    let sources =
      snapshots.map { "\($0.kernelName), \($0.tickName), \($0.sourceText)" } + [
        "the defaults of \(KernelRules.releases.spans.text)",
        "what programs and hosts are known to set", "and other systems",
      ]
    return Document.Section(
      "\(hang.time.text) of waiting\(errno)", level: .title,
      [
        .paragraph(
          """
          Taken for \(hang.range.text), a step of its last digit either way. Held against \
          \(sources.joined(separator: "; ")).
          """)
      ])
  }

  /// What is to be known of the host and of the errno.
  var notes: [String] {
    let unknown = snapshots.compactMap { snapshot -> String? in
      do throws(Unknown) {
        _ = try KernelRules(of: snapshot)
        return nil
      } catch {
        return "nothing is said of this host: \(error.reason)"
      }
    }
    return unknown + [answer].compactMap(\.self)
  }

  /// An errno that comes with an answer, and not when a timer gives up.
  private var answer: String? {
    guard let errno = diagnosis.hang.errno, diagnosis.candidates.isEmpty else { return nil }
    let outcomes = ImmediateFailure.allCases.filter { $0.rows.contains { $0.errno == errno } }
    if outcomes.isEmpty { return nil }
    let names = outcomes.map { "`explain \($0.rawValue)`" }.listed
    return "\(errno) can also be an answer, which no timer of this host brings about: see \(names)"
  }

  private var verdict: [Document.Section] {
    let candidates = diagnosis.candidates
    guard !candidates.isEmpty else { return [nearest] }
    let told = candidates.prefix(Self.mostTold)
    return [
      Document.Section(
        "What may have ended it, the likeliest first", [.statuses(told.map(\.entry))]),
      others(Array(candidates.dropFirst(Self.mostTold))),
      Document.Section([.notes([RichText(legend)])]),
    ]
  }

  private func others(_ candidates: [HangCandidate]) -> Document.Section {
    let rows = candidates.prefix(Self.mostListed).map { candidate -> [RichText] in
      ["\(candidate.mark)", RichText(candidate.range.text), RichText(candidate.brief)]
    }
    let left = candidates.count - rows.count
    let more = left > 0 ? [Document.Block.notes(["and \(left) more, all of them with --json"])] : []
    return Document.Section(
      "Less likely", candidates.isEmpty ? [] : [.table(Document.Table(rows))] + more)
  }

  private var legend: String {
    let words = Set(diagnosis.candidates.map(\.likelihood)).sorted()
    return words.map { "\($0.word): \($0.meaning)" }.joined(separator: "; ")
  }

  /// Where nothing fits: what ends a little earlier and a little later.
  private var nearest: Document.Section {
    let entries = [diagnosis.below, diagnosis.above].compactMap { $0?.entry }
    let errno = diagnosis.hang.errno.map { " with \($0)" } ?? ""
    let others = entries.isEmpty ? "." : "; the nearest before and after:"
    return Document.Section([
      .paragraph("Nothing that is known ends then\(errno)\(others)"), .statuses(entries),
    ])
  }
}

extension HangCandidate {
  fileprivate var entry: Document.StatusEntry {
    let clues = clues.map { clue -> RichText in
      clue.command.map { "`\(command: $0)`: \(clue.expectation)" } ?? RichText(clue.expectation)
    }
    return Document.StatusEntry(
      mark, RichText(title), details: [RichText(time), RichText(holders)] + clues)
  }
}

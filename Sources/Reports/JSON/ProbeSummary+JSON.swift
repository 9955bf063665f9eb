import Advisor
import Observations

extension ProbeSummary {
  /// What both forms of JSON say of a run as a whole.
  package var json: JSON {
    [
      "counts": .counts(tally.counts), "unexpected": .integer(tally.unexpected),
      "times": [
        "open": tally.statistics(of: .open)?.json ?? .null,
        "refused": tally.statistics(of: .refused)?.json ?? .null,
      ],
      "addresses": .integer(tally.addresses), "listed": .integer(Int(clamping: listed)),
      "elapsed_seconds": .seconds(elapsed), "interrupted": .bool(interruption != nil),
    ]
  }
}

extension ConnectJudgement {
  package var json: JSON {
    [
      "verdicts": .array(findings.compactMap(\.attempt).map(\.json)),
      "not_judged": .array(notJudged.map { .string($0.text) }),
    ]
  }
}

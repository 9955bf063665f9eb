package import TCPModel

/// Probed addresses as a table for people, with all of them summed up below.
package struct ProbeText: Sendable {
  package var rows: [ProbedAddress]
  package var tally: ProbeTally
  /// Rows that were left out for their number.
  package var omitted: Int
  package var elapsed: Duration
  package var style: Style

  package init(
    rows: [ProbedAddress], tally: ProbeTally, omitted: Int, elapsed: Duration, style: Style
  ) {
    (self.rows, self.tally, self.omitted) = (rows, tally, omitted)
    (self.elapsed, self.style) = (elapsed, style)
  }

  package var text: String {
    let left = omitted > 0 ? style.fold("  … and \(omitted) more; --format jsonl has all") : ""
    return style.table(rows.map(cells)) + left + sums + "\n" + style.fold(summary)
  }

  private func cells(_ row: ProbedAddress) -> [String] {
    let result = row.result
    let isTimed = row.address != nil && result.time > .zero
    var detail = result.detail(kernel: row.prediction)
    if let statistics = row.statistics { detail = "\(statistics.text); \(detail)" }
    return [
      name(of: row), style.mark(result.outcome.kind), isTimed ? result.time.text : "", detail,
    ]
  }

  private func name(of row: ProbedAddress) -> String {
    guard let address = row.address, address != row.target else { return row.target }
    return row.resolution == nil ? address : "\(row.target) \(address)"
  }

  /// What a client waits that tries the addresses of a name in turn, until one is open.
  private var sums: String {
    let names = Dictionary(grouping: rows.filter { $0.resolution != nil }, by: \.place)
    return names.sorted { $0.key < $1.key }.compactMap { _, rows -> String? in
      guard rows.count > 1, omitted == 0, let first = rows.first else { return nil }
      let turn = TurnOfAddresses(rows)
      return style.fold("  \(first.target), addresses tried in turn: \(turn.text)", hanging: 4)
    }.joined()
  }

  private var summary: String {
    let kinds = ConnectOutcome.Kind.allCases.compactMap { kind in
      tally.counts[kind].map { "\($0) \(kind.text)" }
    }
    var text = "\(kinds.joined(separator: ", "))"
    if kinds.isEmpty { text = "nothing was connected to" }
    if let times = tally.statistics, tally.addresses > 1 || times.most != times.least {
      text += "; answers after \(times.text)"
    }
    if tally.addresses > 1 { text += "; \(elapsed.text) in all" }
    return text
  }
}

extension TimeStatistics {
  /// For example `0.03 ms to 1.2 ms, median 0.05 ms, 95 of 100 within 0.4 ms`.
  var text: String {
    "\(least.text) to \(most.text), median \(median.text), 95 of 100 within \(p95.text)"
  }
}

extension RoundStatistics {
  var text: String {
    let lost = rounds - answers
    let loss = "\(answers) of \(rounds) answered" + (lost > 0 ? " (loss \(percent) %)" : "")
    return times.map { "\(loss), \($0.text)" } ?? loss
  }

  private var percent: Int { Int(loss * 100 + 0.5) }
}
